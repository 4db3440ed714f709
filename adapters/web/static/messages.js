// The list of messages: where a new one goes, what stands between two, and when to scroll.

import { announce, ask, base, elementFrom, phrases, room, shapeOf } from "./page.js";

const list = document.getElementById("messages");
const scroll = document.getElementById("scroll");
const toEnd = document.getElementById("to-end");
const NEAR = 120; // pixels from the end that still count as being there
const TOGETHER = 5 * 60 * 1000; // one person's messages within five minutes stand together

// The window is laid out from its end: there scrollTop is 0, and above it is negative.
const atEnd = () => -scroll.scrollTop < NEAR;

// Scrolls to the end; where what has just come is longer than the window, to its beginning and what was asked.
export function toTheEnd(latest) {
  const asked = latest?.previousElementSibling;
  const first = asked?.classList.contains("message--own") ? asked : latest;
  if (latest?.offsetHeight > scroll.clientHeight) first.scrollIntoView({ block: "start" });
  else scroll.scrollTop = 0;
  toEnd.hidden = true;
  markRead();
}

// Shows a message from the server: in place of itself, of the pending one it confirms, or where its time puts it.
export function show(message) {
  if (message.room !== room) return;
  const stay = atEnd();
  const fresh = elementFrom(message.html);
  const old = document.getElementById(fresh.id);
  if (old?.dataset.version === fresh.dataset.version) return; // told again: a form in it may be half filled in
  if (old) {
    const focused = old.contains(document.activeElement);
    old.replaceWith(fresh);
    if (focused) focusFirst(fresh, "button", "a");
  } else {
    pendingOf(message.client_id)?.remove();
    place(fresh);
    document.getElementById("welcome")?.remove();
    if (fresh.classList.contains("message--own")) toTheEnd();
    else announce(`${message.author}: ${message.summary}`);
  }
  tidy();
  if (stay) toTheEnd(fresh);
  else if (!old) toEnd.hidden = false;
  fresh.dispatchEvent(new CustomEvent("kith:shown", { bubbles: true, detail: message }));
}

export const pendingOf = (id) => (id ? list.querySelector(`[data-pending="${CSS.escape(id)}"]`) : null);

export function append(element) {
  list.append(element);
  document.getElementById("welcome")?.remove();
  toTheEnd();
}

function place(fresh) {
  // Ids sort by time. What is still pending stays last.
  const behind = Array.from(list.children).findLast((item) => item.dataset.message < fresh.dataset.message);
  if (behind) behind.after(fresh);
  else list.prepend(fresh);
}

// The first field that is wrong, or the first field, or else whatever can be pressed.
export function focusFirst(element, ...otherwise) {
  // An answer may be shown by the stream before the press that asked for it has ended: who types already goes on typing.
  const typing = document.activeElement;
  if (typing.matches("input, select, textarea") && (element.contains(typing) || typing.value)) return;
  const wanted = ["[aria-invalid]", ".k-form :is(input:not([type=hidden]), select, textarea)", ...otherwise];
  const first = wanted.map((selector) => element.querySelector(selector)).find(Boolean);
  first?.focus();
  // What was just put in place of something else is scrolled to only when it has been laid out.
  if (first) requestAnimationFrame(() => (first.closest(".k-field") ?? first).scrollIntoView({ block: "nearest" }));
}

// Day lines, and the name only over the first of several messages.
function tidy() {
  for (const line of list.querySelectorAll(".day")) line.remove();
  let before = null;
  for (const item of list.querySelectorAll("[data-message]")) {
    const sameDay = before?.dataset.day === item.dataset.day;
    if (!sameDay) item.before(dayLine(item));
    item.classList.toggle("message--follows", sameDay && together(before, item));
    before = item;
  }
}

function dayLine(item) {
  const line = shapeOf("day-shape");
  line.dataset.day = item.dataset.day;
  line.firstElementChild.textContent = item.dataset.dayLabel;
  return line;
}

// The same voice, said to the same people, soon after.
function together(before, item) {
  const voice = (one) => `${one.dataset.author} ${one.classList.contains("message--private")}`;
  return voice(before) === voice(item) && new Date(item.dataset.at) - new Date(before.dataset.at) < TOGETHER;
}

let told = "";

// Tells the server how far this member has read, when they can see it.
export function markRead() {
  const last = Array.from(list.querySelectorAll("[data-message]")).at(-1)?.dataset.message;
  if (!last || last === told || document.visibilityState !== "visible" || !atEnd()) return;
  told = last;
  ask("POST", `/rooms/${room}/read`, { message: last }).catch(() => {
    told = "";
  });
}

async function showOlder(event) {
  event.preventDefault();
  const link = event.currentTarget;
  link.textContent = phrases.loading;
  try {
    const page = await ask("GET", `/rooms/${room}/messages?before=${link.dataset.before}`);
    for (const message of page.messages) place(elementFrom(message.html));
    tidy();
    if (page.before) {
      link.dataset.before = page.before;
      link.href = `${base}/r/${room}?before=${page.before}`;
      link.textContent = link.dataset.label;
    } else link.closest(".older").remove();
  } catch {
    location.href = link.href; // without the API, the page itself
  }
}

export function startMessages() {
  const older = document.getElementById("older");
  if (older) {
    older.dataset.label = older.textContent;
    older.addEventListener("click", showOlder);
  }
  toEnd.addEventListener("click", (event) => {
    event.preventDefault();
    toTheEnd();
  });
  scroll.addEventListener("scroll", () => {
    if (atEnd()) {
      toEnd.hidden = true;
      markRead();
    }
  }, { passive: true });
  document.addEventListener("visibilitychange", markRead);
  markRead();
}
