// Live messages over Server-Sent Events. The browser resumes by itself behind the last event it saw.

import { base, cursor, phrases } from "./page.js";

const state = document.getElementById("line-state");
const IDLE = 5 * 60 * 1000; // a page nobody looks at gives its connection back: browsers allow six to one server
const FIRST_WAIT = 1000;
const LONGEST_WAIT = 30_000;

export function startStream(listeners) {
  let source = null;
  let last = cursor;
  let wait = FIRST_WAIT;
  let idle = 0;

  function open() {
    source?.close();
    source = new EventSource(`${base}/api/v1/events?after=${encodeURIComponent(last)}`);
    source.addEventListener("open", () => {
      wait = FIRST_WAIT;
      say("");
      listeners.opened();
    });
    for (const kind of ["message", "rooms"]) {
      source.addEventListener(kind, (event) => {
        last = event.lastEventId || last;
        listeners[kind](JSON.parse(event.data));
      });
    }
    source.addEventListener("error", () => {
      say(navigator.onLine ? phrases.reconnecting : phrases.offline);
      if (source.readyState !== EventSource.CLOSED) return; // it tries again by itself
      setTimeout(open, wait);
      wait = Math.min(wait * 2, LONGEST_WAIT);
    });
  }

  function say(text) {
    state.querySelector("span").textContent = text;
    state.hidden = !text;
  }

  document.addEventListener("visibilitychange", () => {
    clearTimeout(idle);
    if (document.visibilityState === "hidden") idle = setTimeout(() => source.close(), IDLE);
    else if (source.readyState === EventSource.CLOSED) open();
  });
  addEventListener("offline", () => say(phrases.offline));
  addEventListener("online", open);
  // Kept in the back-forward cache, a page with an open connection would be stale when it returns.
  addEventListener("pagehide", () => source.close());
  addEventListener("pageshow", (event) => event.persisted && open());
  open();
}
