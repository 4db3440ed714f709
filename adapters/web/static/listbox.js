// A text box with a list of suggestions under it: the ARIA combobox, by keyboard and by pointer.

import { announce, later, phrases, shapeOf } from "./page.js";

const WAIT = 90; // milliseconds after the last key before asking

// Opens a list or menu upwards where it would be cut off below: what lies under the end of the chat cannot be scrolled to.
export function fitIn(list, anchor) {
  const place = anchor.getBoundingClientRect();
  const frame = (anchor.closest("#scroll") ?? document.documentElement).getBoundingClientRect();
  const below = Math.min(frame.bottom, innerHeight) - place.bottom;
  list.classList.toggle("is-up", below < list.offsetHeight && place.top - Math.max(frame.top, 0) > below);
}

// `find(text)` returns a promise of [{value, label}], or null for no list; `take(option)` puts one into the box.
// Enter chooses only what was walked to, so that typing a line and pressing Enter always sends that line.
export function listFor(box, list, find, take) {
  let options = [];
  let active = -1;
  let asked = 0;

  box.setAttribute("role", "combobox");
  box.setAttribute("aria-autocomplete", "list");
  box.setAttribute("aria-controls", list.id);
  close();

  function close() {
    asked += 1;
    active = -1;
    list.hidden = true;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
  }

  function draw(found) {
    options = found;
    active = -1;
    if (!found.length) return close();
    list.replaceChildren(...found.map(row));
    list.hidden = false;
    fitIn(list, box);
    box.setAttribute("aria-expanded", "true");
    box.removeAttribute("aria-activedescendant");
    announce(phrases.choices.replace("{count}", found.length));
  }

  function row(option, index) {
    const element = shapeOf("option-shape");
    element.id = `${list.id}-${index}`;
    element.querySelector(".option__value").textContent = option.shown ?? option.value;
    element.querySelector(".option__label").textContent = option.label;
    // mousedown would take the focus from the box
    element.addEventListener("mousedown", (event) => event.preventDefault());
    element.addEventListener("click", () => choose(index));
    return element;
  }

  function walk(step) {
    const rows = Array.from(list.children);
    rows[active]?.setAttribute("aria-selected", "false");
    active = active < 0 && step < 0 ? rows.length - 1 : (active + step + rows.length) % rows.length;
    rows[active].setAttribute("aria-selected", "true");
    rows[active].scrollIntoView({ block: "nearest" });
    box.setAttribute("aria-activedescendant", rows[active].id);
  }

  function choose(index) {
    const option = options[index];
    close();
    take(option);
  }

  const look = later(WAIT, async () => {
    const mine = ++asked;
    const typed = box.value;
    const found = await Promise.resolve(find(typed)).catch(() => null);
    // What belongs to fewer letters than stand there by now is not offered.
    if (mine !== asked || box.value !== typed || document.activeElement !== box) return;
    if (found) draw(found);
    else close();
  });

  box.addEventListener("input", look);
  box.addEventListener("blur", close);
  box.addEventListener("keydown", (event) => {
    if (event.isComposing || list.hidden) return;
    const keys = {
      ArrowDown: () => walk(1),
      ArrowUp: () => walk(-1),
      Escape: close,
      Tab: event.shiftKey ? null : () => choose(Math.max(active, 0)),
      Enter: active < 0 || event.shiftKey ? null : () => choose(active),
    };
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    act();
  });

  return { close, look };
}
