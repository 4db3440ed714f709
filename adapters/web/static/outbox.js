// What was typed and is on its way: shown at once, kept until the server has it, never sent as two.

import { append, pendingOf, show } from "./messages.js";
import { ask, freshId, kept, phrases, Refused, room, shapeOf } from "./page.js";

const PATIENCE = 350; // milliseconds

let waiting = kept.read("outbox", []);
let queue = Promise.resolve();

const keep = () => kept.write("outbox", waiting.length ? waiting : null);

// Sends a line. The id made here is the delivery's: whatever is tried again is known by it. `shown` are the words of
// a button, which stand in the conversation in place of its line.
export function send(text, shown = "") {
  const item = { id: freshId(), text, shown };
  waiting.push(item);
  keep();
  draw(item);
  enqueue(item);
}

// One after another, so that the lines arrive in the order they were typed in.
function enqueue(item) {
  queue = queue.then(() => deliver(item));
}

async function deliver(item) {
  if (!waiting.includes(item)) return;
  setState(item, "sending");
  const slow = setTimeout(() => working(item), PATIENCE);
  try {
    const answer = await ask("POST", `/rooms/${room}/messages`, { id: item.id, text: item.text, shown: item.shown ?? "" });
    forget(item);
    pendingOf(item.id)?.remove();
    answer.messages.forEach(show);
  } catch (problem) {
    item.refused = problem instanceof Refused && problem.status < 500 && !problem.wait;
    if (problem.wait) setTimeout(() => enqueue(item), problem.wait * 1000);
    setState(item, "failed", problem instanceof Refused ? problem.message : phrases.offline);
  } finally {
    clearTimeout(slow);
    document.getElementById("working")?.remove();
  }
}

// An answer that takes its time is announced; most are there before anybody would have seen it.
function working(item) {
  if (!isCommand(item.text)) return;
  const element = shapeOf("working-shape");
  element.id = "working";
  append(element);
}

const isCommand = (text) => text.startsWith("/") || document.body.hasAttribute("data-with-kith");

function forget(item) {
  waiting = waiting.filter((other) => other !== item);
  keep();
}

function draw(item) {
  const element = shapeOf("pending-message");
  element.dataset.pending = item.id;
  const bubble = element.querySelector(".bubble");
  bubble.textContent = item.shown || item.text;
  bubble.classList.toggle("bubble--command", isCommand(item.text));
  element.querySelector("[data-retry]").addEventListener("click", () => enqueue(item));
  element.querySelector("[data-discard]").addEventListener("click", () => takeBack(item, element));
  append(element);
}

function takeBack(item, element) {
  forget(item);
  element.remove();
  document.dispatchEvent(new CustomEvent("kith:take-back", { detail: item.text }));
}

function setState(item, state, why = "") {
  const element = pendingOf(item.id);
  if (!element) return;
  element.classList.toggle("message--failed", state === "failed");
  for (const part of element.querySelectorAll("[data-state]")) part.hidden = part.dataset.state !== state;
  element.querySelector("[data-why]").textContent = why;
}

// The line is back: what only failed for want of it goes out again.
export function sendAgain() {
  waiting.filter((item) => !item.refused).forEach(enqueue);
}

export function startOutbox() {
  waiting.forEach(draw);
  sendAgain();
  addEventListener("online", sendAgain);
}
