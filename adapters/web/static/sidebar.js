// The customer beside the conversation: follows what is spoken of, and acts by saying lines in the chat.

import { suggest } from "./cards.js";
import { send } from "./outbox.js";
import { base, later, room } from "./page.js";
import { showPane } from "./panes.js";

const pane = document.getElementById("customer");
const name = document.querySelector(".chat__customer span");
const CUSTOMER = /\/c\/([0-9a-z]{13})$/;

const shown = () => pane.querySelector("[data-customer]")?.dataset.customer ?? "";

// Shows a customer; with an empty id, or one that was taken back, what the conversation is bound to.
export async function showCustomer(id) {
  const answer = await fetch(`${base}/sidebar/room/${room}?customer=${id}`, { credentials: "same-origin" }).catch(() => null);
  if (!answer?.ok) return; // what is there stays
  const typed = pane.querySelector("#quick-text")?.value ?? "";
  const same = shown() === id;
  const top = pane.scrollTop;
  pane.innerHTML = await answer.text();
  pane.scrollTop = same ? top : 0;
  if (same && typed) pane.querySelector("#quick-text").value = typed;
  name.textContent = pane.querySelector("#side-name")?.textContent ?? name.dataset.otherwise;
  prepare();
}

// What is said may have changed what is shown; while somebody types there, nothing moves under their hands.
export const refresh = later(400, () => {
  const busy = pane.contains(document.activeElement) && document.activeElement.matches("input, select") && document.activeElement.value;
  if (!busy) showCustomer(shown());
});

function prepare() {
  const box = pane.querySelector("[data-suggest]");
  box?.addEventListener("focus", () => suggest(box, box.dataset.suggest), { once: true });
}

function onSubmit(event) {
  const form = event.target;
  if (!form.matches("[data-command], [data-quick], [data-bind]")) return;
  event.preventDefault();
  const { before = "", about = "", named = "", shown = "", text } = Object.fromEntries(new FormData(form));
  if (!text.trim()) return;
  const line = (name) => [before, name && `${name}:`, text.trim()].filter(Boolean).join(" ");
  send(line(about), shown || (about && line(named)));
  if (form.matches("[data-quick]")) form.querySelector("#quick-text").value = "";
  else showPane("chat");
  if (!form.matches("[data-bind]")) return;
  form.reset();
  document.getElementById("composer-text").focus();
}

export function startSidebar() {
  name.dataset.otherwise = pane.getAttribute("aria-label");
  prepare();
  pane.addEventListener("submit", onSubmit);
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || "page" in link.dataset) return;
    const id = link.dataset.customer ?? new URL(link.href).pathname.match(CUSTOMER)?.[1];
    if ("openBound" in link.dataset) showCustomer("");
    else if (id && !pane.contains(link)) {
      showCustomer(id);
      showPane("customer");
    } else return;
    event.preventDefault();
  });
  document.getElementById("messages").addEventListener("kith:shown", (event) => {
    const { customer, private: mine } = event.detail;
    // Only what this member asked for moves the sidebar: not what a colleague shares.
    const asked = mine || document.body.hasAttribute("data-with-kith");
    if (customer && asked && customer !== shown()) showCustomer(customer);
    else refresh();
  });
}
