// On a narrow screen one part at a time; and the few settings that need no other page.

const body = document.body;

export function showPane(name) {
  body.dataset.pane = name;
  for (const tab of document.querySelectorAll(".tab")) {
    if (tab.dataset.show === name) tab.setAttribute("aria-current", "true");
    else tab.removeAttribute("aria-current");
  }
}

async function chooseTheme(event) {
  event.preventDefault();
  const form = event.currentTarget;
  const chosen = event.submitter;
  const values = new URLSearchParams(new FormData(form, chosen));
  document.documentElement.dataset.theme = chosen.value;
  for (const other of form.querySelectorAll("[name=theme]")) other.setAttribute("aria-pressed", String(other === chosen));
  await fetch(form.action, { method: "POST", body: values, credentials: "same-origin", redirect: "manual" }).catch(() => null);
}

export function startPanes() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-show]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    showPane(link.dataset.show);
    if (link.dataset.show === "chat") document.getElementById("composer-text").focus({ preventScroll: true });
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented && body.dataset.pane !== "chat") showPane("chat");
  });
  document.querySelector("[data-theme-form]").addEventListener("submit", chooseTheme);
}
