// What the page was told by the server, and how to ask the server for more.

const told = document.body.dataset;

export const base = told.base ?? "";
export const room = told.room ?? "";
export const member = told.member ?? "";
export const cursor = told.cursor ?? "";
export const phrases = document.getElementById("phrases").dataset;

// A request that the server understood and refused; `message` is in the member's language.
export class Refused extends Error {
  constructor(status, message, wait = 0) {
    super(message);
    this.status = status;
    this.wait = wait; // seconds until it may be tried again
  }
}

// The delivery's own id. crypto.randomUUID would need https or this machine; getRandomValues does not.
export function freshId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

// Asks the JSON API. Throws Refused for an answer that says no, TypeError when there was no answer.
export async function ask(method, path, body) {
  const headers = { Accept: "application/json", "X-CSRF-Token": told.csrf };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  const answer = await fetch(`${base}/api/v1${path}`, {
    method,
    headers,
    credentials: "same-origin",
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const language = answer.headers.get("Content-Language");
  // The member has chosen another language: the rail and the header are the page's own. What is typed is kept.
  if (answer.ok && language && language !== document.documentElement.lang) location.reload();
  if (answer.ok) return answer.status === 204 ? null : answer.json();
  const said = await answer.json().catch(() => ({}));
  const wait = Number(answer.headers.get("Retry-After") ?? 0);
  throw new Refused(answer.status, answer.status === 401 ? phrases.signedOut : (said.message ?? phrases.failed), wait);
}

// One element from HTML that our own server rendered and escaped.
export function elementFrom(html) {
  const shell = document.createElement("template");
  shell.innerHTML = html;
  return shell.content.firstElementChild;
}

export function shapeOf(id) {
  return document.getElementById(id).content.firstElementChild.cloneNode(true);
}

// Says something to who cannot see the page, without moving them.
export function announce(text) {
  document.getElementById("news").textContent = text;
}

export function later(wait, run) {
  let timer = 0;
  return (...given) => {
    clearTimeout(timer);
    timer = setTimeout(run, wait, ...given);
  };
}

// What this browser keeps for a member in a room. Private windows may refuse to keep anything; nothing depends on it.
export const kept = {
  key: (name) => `kith.${name}.${member}.${room}`,
  read(name, otherwise) {
    try {
      return JSON.parse(localStorage.getItem(this.key(name))) ?? otherwise;
    } catch {
      return otherwise;
    }
  },
  write(name, value) {
    try {
      if (value === null) localStorage.removeItem(this.key(name));
      else localStorage.setItem(this.key(name), JSON.stringify(value));
    } catch {
      // Full or forbidden: the page still works, it only forgets on reload.
    }
  },
};
