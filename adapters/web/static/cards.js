// Buttons, menus and forms of cards, and saving a message: they act in place, and say so when they could not.

import { fitIn, listFor } from "./listbox.js";
import { focusFirst, show, toTheEnd } from "./messages.js";
import { ask, freshId, kept, later, phrases, Refused, room } from "./page.js";

const FORMS = 5;
const PRESS = /\/m\/([0-9a-z]{13})(\?|$)/;

export function startCards() {
  document.getElementById("messages").addEventListener("submit", onSubmit);
  document.addEventListener("focusin", (event) => {
    const box = event.target.closest("[data-typeahead]");
    if (box && !box.hasAttribute("aria-autocomplete")) suggest(box);
  });
  document.addEventListener("toggle", (event) => {
    const menu = event.target.closest("details.k-menu[open]");
    if (menu) fitIn(menu.querySelector(".k-options"), menu.querySelector("summary"));
  }, true);
  document.addEventListener("click", closeMenus);
  document.addEventListener("input", keepForm);
  document.querySelectorAll("form.k-form").forEach(fillAgain);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") closeMenus(event, true);
  });
}

async function onSubmit(event) {
  const form = event.target;
  const pressed = form.getAttribute("action").match(PRESS);
  if (!pressed && !form.hasAttribute("data-save")) return;
  event.preventDefault();
  if (form.getAttribute("aria-busy") === "true") return;
  if (event.submitter?.dataset.confirm && !(await confirmed(event.submitter.dataset.confirm))) return;
  const values = Object.fromEntries(new FormData(form, event.submitter));
  const request = pressed ? press(form, pressed[1], values) : save(values.message);
  await act(form, request);
}

function press(form, message, { token, csrf: _csrf, ...fields }) {
  const filled = form.classList.contains("k-form");
  const path = `/rooms/${room}/messages/${message}/press`;
  return { message, path, body: { id: freshId(), token, ...(filled && { fields }) } };
}

const save = (message) => ({ path: `/rooms/${room}/messages/${message}/save`, body: { id: freshId() } });

// A form half filled in is still so after the page was loaded again; the last few are kept.
const keepForm = later(250, (event) => {
  const form = event.target.closest("form.k-form");
  const message = form?.closest("[data-message]")?.dataset.message;
  if (!message) return;
  const { csrf: _csrf, token: _token, ...values } = Object.fromEntries(new FormData(form));
  const forms = Object.entries({ ...kept.read("forms", {}), [message]: values });
  kept.write("forms", Object.fromEntries(forms.slice(-FORMS)));
});

function fillAgain(form) {
  const values = kept.read("forms", {})[form.closest("[data-message]")?.dataset.message] ?? {};
  for (const [name, value] of Object.entries(values)) {
    if (form.elements[name]) form.elements[name].value = value;
  }
}

async function act(form, request) {
  form.setAttribute("aria-busy", "true");
  form.querySelector(".refused")?.remove();
  try {
    // The id stays with the request: asked again after a lost answer, it is still the same press.
    const { messages } = await twice(() => ask("POST", request.path, request.body));
    kept.write("forms", { ...kept.read("forms", {}), [request.message]: undefined });
    messages.forEach(show);
    if (messages.some((message) => !document.getElementById(`m-${message.id}`)?.contains(form))) focusAnswer(messages);
  } catch (problem) {
    say(form, problem instanceof Refused ? problem.message : phrases.failed);
  } finally {
    form.removeAttribute("aria-busy");
  }
}

async function twice(request) {
  try {
    return await request();
  } catch (problem) {
    if (problem instanceof Refused) throw problem;
    return request();
  }
}

// A form that opens wants its first field; anything else only wants to be seen.
function focusAnswer(messages) {
  const last = messages.at(-1);
  const shown = last && document.getElementById(`m-${last.id}`);
  if (shown?.nextElementSibling === null) toTheEnd();
  else shown?.scrollIntoView({ block: "nearest" });
  if (shown) focusFirst(shown);
}

function say(form, text) {
  const line = document.createElement("p");
  line.className = "refused";
  line.setAttribute("role", "alert");
  line.textContent = text;
  form.append(line);
}

function confirmed(question) {
  const dialog = document.getElementById("confirm");
  dialog.querySelector("[data-question]").textContent = question;
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
  });
}

function closeMenus(event, all = false) {
  for (const menu of document.querySelectorAll("details.k-menu[open], details.fold[open]")) {
    if (!all && menu.contains(event.target)) continue;
    if (all && menu.contains(document.activeElement)) menu.querySelector("summary").focus();
    if (all) event.preventDefault(); // this Escape has done its work
    menu.open = false;
  }
}

// A field for a customer or a member: names are offered, and what is chosen is sent as its id.
export function suggest(box, kind = box.dataset.typeahead) {
  const list = document.createElement("ul");
  list.id = `options-${freshId()}`;
  list.className = "options options--field";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", document.getElementById("completions").getAttribute("aria-label"));
  list.hidden = true;
  box.removeAttribute("list");
  box.after(list);
  box.closest(".k-field, .side__bind")?.classList.add("has-options");
  const find = async (typed) => {
    const { options } = await ask("GET", `/rooms/${room}/suggestions?kind=${kind}&typed=${encodeURIComponent(typed)}`);
    return options.map((option) => ({ ...option, shown: option.label, label: "" }));
  };
  const field = listFor(box, list, find, (option) => {
    box.value = option.shown;
    remember(box, ".id", option.value);
    remember(box, ".label", option.shown);
  });
  field.look();
}

function remember(box, part, value) {
  const form = box.form;
  const name = box.name + part;
  const field = form.elements[name] ?? Object.assign(document.createElement("input"), { type: "hidden", name });
  field.value = value;
  form.append(field);
}
