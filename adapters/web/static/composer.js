// The box that is typed into: drafts, completion of commands, sending.

import { listFor } from "./listbox.js";
import { send } from "./outbox.js";
import { ask, kept, later, room } from "./page.js";

const form = document.getElementById("composer");
const box = document.getElementById("composer-text");
const addressed = document.body.hasAttribute("data-with-kith");
const TALLEST = 200; // pixels
const SLASH = /^[/／]\s*/;

// Where only Kith reads along a bare line is a command too; among others it is talk.
async function find(typed) {
  if (typed.includes("\n") || (!SLASH.test(typed) && !(addressed && typed.trim()))) return null;
  const slash = SLASH.test(typed) ? "/" : "";
  const line = typed.replace(SLASH, "");
  const { options } = await ask("GET", `/rooms/${room}/completions?line=${encodeURIComponent(line)}`);
  const found = options.map((option) => ({ value: slash + option.value, label: option.label }));
  return found.some((option) => option.value.trim() !== typed.trim()) ? found : null;
}

function put(text) {
  box.value = text;
  box.focus();
  box.setSelectionRange(text.length, text.length);
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

function fit() {
  box.style.height = "auto";
  box.style.height = `${Math.min(box.scrollHeight + 2, TALLEST)}px`;
}

const keepDraft = later(250, () => kept.write("draft", box.value || null));

function submit() {
  const text = box.value.trim();
  if (!text) return;
  put("");
  kept.write("draft", null);
  send(text);
}

export function startComposer() {
  listFor(box, document.getElementById("completions"), find, (option) => put(option.value));
  if (!box.value) box.value = kept.read("draft", "");
  fit();

  box.addEventListener("input", () => {
    fit();
    keepDraft();
  });
  box.addEventListener("keydown", (event) => {
    // While a Chinese input method composes, Enter takes its word and sends nothing.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    submit();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
  addEventListener("pagehide", () => kept.write("draft", box.value || null));
  document.getElementById("show-commands").addEventListener("click", () => put(box.value || "/"));
  document.addEventListener("kith:take-back", (event) => put(box.value ? `${event.detail}\n${box.value}` : event.detail));
  document.addEventListener("click", (event) => {
    const example = event.target.closest("[data-say]");
    if (!example) return;
    event.preventDefault();
    put(example.dataset.say);
  });
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable], dialog");
    if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    put(box.value || "/");
  });
}
