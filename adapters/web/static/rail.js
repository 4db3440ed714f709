// The list of conversations: marks what is new, in the list, on its tab and in the window's title.

import { ask, elementFrom, later, room } from "./page.js";

const list = document.getElementById("rooms");
const title = document.title;

export const refreshRooms = later(150, async () => {
  const { rooms } = await ask("GET", `/rooms?current=${room}`).catch(() => ({ rooms: null }));
  if (!rooms) return;
  const focused = document.activeElement?.dataset.roomLine;
  list.replaceChildren(...rooms.map((line) => elementFrom(line.html)));
  if (focused) list.querySelector(`[data-room-line="${focused}"]`)?.focus();
  mark(rooms.filter((line) => line.unread && line.id !== room).length);
});

function mark(count) {
  document.querySelector("[data-unread-anywhere]").hidden = count === 0;
  document.title = count ? `(${count}) ${title}` : title;
}

// A conversation needs a name or somebody to talk with; the server refuses it, too.
export function startRail() {
  const form = document.querySelector("[data-nameless]");
  form.addEventListener("input", () => form.elements.title.setCustomValidity(""));
  form.addEventListener("submit", (event) => {
    if (form.elements.title.value.trim() || form.querySelector("[name=member]:checked")) return;
    event.preventDefault();
    form.elements.title.setCustomValidity(form.dataset.nameless);
    form.elements.title.reportValidity();
  });
}
