// The page beside a conversation. Everything on it works without this script; with it what is sent is answered in
// place, and waits in this browser while there is no line.

const told = document.body.dataset;
const main = document.getElementById("main");
const notes = document.getElementById("notes");
const AGAIN = 15000; // milliseconds between two tries while something waits
const prefix = `kith.side.${told.member}.`;
const memory = new Map(); // where the browser keeps nothing (a private window, a strict frame), until it is closed

// One that cannot be read must not hide the others.
function itemIn(text) {
  try {
    const item = JSON.parse(text);
    return item?.id && item.fields ? item : null;
  } catch {
    return null;
  }
}

// One key for each item: two tabs never write the same one, so that neither can lose what the other keeps.
const kept = {
  all() {
    const found = new Map(memory);
    try {
      for (const key of Object.keys(localStorage)) {
        const item = key.startsWith(prefix) && itemIn(localStorage.getItem(key));
        if (item) found.set(key.slice(prefix.length), item);
      }
    } catch {
      // Forbidden: what is in memory is all there is.
    }
    return [...found.values()].sort((one, other) => one.at - other.at);
  },
  put(item) {
    try {
      localStorage.setItem(prefix + item.id, JSON.stringify(item));
    } catch {
      memory.set(item.id, item);
    }
  },
  drop(id) {
    memory.delete(id);
    try {
      localStorage.removeItem(prefix + id);
    } catch {
      // Then it was never there.
    }
  },
};

const freshId = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

// -- sending ---------------------------------------------------------------------------------------------

let sending = false;
let timer = 0;

// Only one tab sends at a time where the browser has locks; where it has none the server knows a copy by its id.
async function flush() {
  if (sending) return;
  sending = true;
  clearTimeout(timer);
  try {
    await (navigator.locks ? navigator.locks.request("kith-side", sendAll) : sendAll());
  } finally {
    sending = false;
    draw();
  }
  if (kept.all().some((item) => item.state === "waiting")) timer = setTimeout(flush, AGAIN);
}

// In the order they were made: a note about a task is not to arrive before the task.
async function sendAll() {
  for (const { id } of kept.all()) {
    const item = kept.all().find((one) => one.id === id);
    if (item && item.state !== "conflict" && item.state !== "refused" && !(await send(item))) return;
  }
}

// Whether the next one may be tried. `anew`: with the page's proof asked for again, which helps once or not at all.
async function send(item, anew = false) {
  draw(item.id);
  const answer = await post(item).catch(() => null);
  setOffline(!answer);
  if (!answer) return keepAs(item, "waiting");
  if (answer.status === 401 || answer.status === 403) return !anew && (await renewed()) ? send(item, true) : keepAs(item, "signed-out");
  if (answer.status === 429 || answer.status >= 500) return keepAs(item, "waiting");
  const said = await answer.json().catch(() => ({}));
  if (!answer.ok) return keepAs({ ...item, why: said.message ?? "" }, "refused") || true;
  if (said.state === "conflict") {
    keepAs({ ...item, html: said.html }, "conflict");
    notes.scrollIntoView({ block: "start" }); // it is not to be overlooked
  } else {
    kept.drop(item.id);
    if (item.settles) kept.drop(item.settles);
    show(said.html);
    refresh();
  }
  return true;
}

function keepAs(item, state) {
  kept.put({ ...item, state });
  return false;
}

function post(item) {
  const body = new URLSearchParams({ ...item.fields, delivery: item.id, csrf: told.csrf });
  return fetch(`${told.base}/sidebar/do`, { method: "POST", headers: { Accept: "application/json" }, credentials: "same-origin", body });
}

// Another session than the one this page was made in: the page is asked again for its proof.
async function renewed() {
  const answer = await fetch(told.at, { credentials: "same-origin" }).catch(() => null);
  if (!answer?.ok) return false;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html").body.dataset;
  if (page.member !== told.member) return false;
  told.csrf = page.csrf;
  return true;
}

// -- what is seen ------------------------------------------------------------------------------------------

function setOffline(offline) {
  document.getElementById("offline").hidden = !offline;
}

function show(html) {
  const shell = document.createElement("template");
  shell.innerHTML = html; // rendered and escaped by our own server
  if (shell.content.firstElementChild) notes.prepend(shell.content);
}

// Shows what waits, and what is to be decided; `now` is the id of what is on its way.
function draw(now = "") {
  notes.querySelectorAll("[data-item]").forEach((element) => element.remove());
  main.querySelectorAll("[data-sent]").forEach((row) => row.removeAttribute("data-sent"));
  for (const item of kept.all()) {
    const element = item.state === "conflict" ? decision(item) : waiting(item, now);
    element.dataset.item = item.id;
    notes.append(element);
    if (item.fields.task && item.state !== "conflict") main.querySelector(`[data-task="${item.fields.task}"]`)?.setAttribute("data-sent", "");
  }
}

function waiting(item, now) {
  const element = document.getElementById("waiting").content.firstElementChild.cloneNode(true);
  element.querySelector("[data-label]").textContent = item.why ? `${item.label}: ${item.why}` : item.label;
  const state = item.id === now ? "sending" : item.state;
  for (const part of element.querySelectorAll("[data-state]")) part.hidden = part.dataset.state !== state;
  return element;
}

function decision(item) {
  const shell = document.createElement("template");
  shell.innerHTML = item.html;
  return shell.content.firstElementChild;
}

// What is there is read again; nothing moves under the hands of who is typing.
async function refresh() {
  if (main.contains(document.activeElement) && document.activeElement.value && document.activeElement.matches("input")) return;
  const address = new URL(told.at, location.href);
  for (const name of ["only", "p", "all"]) if (new URLSearchParams(location.search).has(name)) address.searchParams.set(name, new URLSearchParams(location.search).get(name));
  address.searchParams.set("part", "1");
  const answer = await fetch(address, { credentials: "same-origin" }).catch(() => null);
  if (!answer?.ok) return;
  main.innerHTML = await answer.text();
  suggest();
  draw();
}

async function suggest() {
  const later = main.querySelector("[data-later]");
  const answer = later && (await fetch(`${later.dataset.later}?part=1`, { credentials: "same-origin" }).catch(() => null));
  if (answer?.ok) later.innerHTML = await answer.text();
}

// -- what people do ---------------------------------------------------------------------------------------

function onSubmit(event) {
  const form = event.target;
  if (!form.matches("[data-act]")) return;
  event.preventDefault();
  const fields = Object.fromEntries(new FormData(form, event.submitter));
  const { csrf: _proof, delivery: _id, ...wanted } = fields;
  const label = [form.dataset.label, wanted.text].filter(Boolean).join(": ") || event.submitter?.textContent.trim() || "";
  // Several times pressed is once meant: the same task's button has one item, whichever tab it was pressed in.
  const again = wanted.task && !("decide" in form.dataset) && kept.all().some((item) => item.fields.task === wanted.task && item.fields.act === wanted.act);
  if (!again) kept.put({ id: freshId(), fields: wanted, label, at: Date.now(), state: "waiting", settles: form.dataset.item ?? "" });
  form.closest("details")?.removeAttribute("open");
  for (const input of form.querySelectorAll("input[name=text]")) input.value = "";
  if (wanted.act === "undo") form.closest(".note")?.remove();
  draw();
  flush();
}

function onClick(event) {
  const button = event.target.closest("button");
  const box = button?.closest(".note");
  if (box && ("close" in button.dataset || "drop" in button.dataset)) {
    if (box.dataset.item) kept.drop(box.dataset.item);
    box.remove();
    draw();
    refresh();
  }
  for (const menu of document.querySelectorAll("details[open]")) if (!menu.contains(event.target)) menu.open = false;
}

document.addEventListener("submit", onSubmit);
document.addEventListener("click", onClick);
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && document.activeElement.closest("details[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
addEventListener("online", () => {
  setOffline(false); // should that not be so, the next try tells
  flush();
});
addEventListener("offline", () => setOffline(true));
addEventListener("storage", (event) => {
  if (!event.key?.startsWith(prefix)) return;
  draw();
  if (event.newValue !== null) return;
  setOffline(false); // another tab has a line
  refresh();
});
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && flush());

// A ticket is spent by now: the address that stands there is one that can be loaded again.
if (location.pathname !== new URL(told.at, location.href).pathname) history.replaceState(null, "", told.at);
setOffline(!navigator.onLine);
draw();
flush();
suggest();
told.ready = "";
