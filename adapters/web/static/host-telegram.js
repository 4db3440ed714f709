// Telegram's side of a Mini App: what it says of who is looking, and its colours. Nothing of Telegram's is loaded: what it
// tells stands in the address behind the #, and its events are plain messages.
// https://core.telegram.org/bots/webapps#initializing-mini-apps

const WEB = "https://web.telegram.org";
const given = new URLSearchParams(location.hash.slice(1));

function post(type, data = {}) {
  const payload = JSON.stringify(data);
  if (window.TelegramWebviewProxy) window.TelegramWebviewProxy.postEvent(type, payload); // phones
  else if (parent !== window) parent.postMessage(JSON.stringify({ eventType: type, eventData: data }), WEB); // in a browser
}

// Light or dark, by how bright Telegram's background is.
function themeOf(colours) {
  const hex = /^#([0-9a-f]{6})$/i.exec(colours?.bg_color ?? "")?.[1];
  if (!hex) return "";
  const [red, green, blue] = [0, 2, 4].map((at) => parseInt(hex.slice(at, at + 2), 16));
  return red * 0.299 + green * 0.587 + blue * 0.114 < 128 ? "dark" : "light";
}

function follow(colours) {
  const theme = themeOf(colours);
  if (theme) document.documentElement.dataset.theme = theme;
  return theme;
}

function hear(type, data) {
  if (type === "theme_changed") follow(data?.theme_params);
}

addEventListener("message", (event) => {
  if (event.origin !== WEB || typeof event.data !== "string") return;
  try {
    const { eventType, eventData } = JSON.parse(event.data);
    hear(eventType, eventData);
  } catch {
    // Not one of Telegram's events.
  }
});
window.Telegram = { WebView: { receiveEvent: hear } }; // phones call it by this name
window.TelegramGameProxy = window.Telegram.WebView;

let colours = null;
try {
  colours = JSON.parse(given.get("tgWebAppThemeParams"));
} catch {
  // Then the system's colours are as good.
}
const theme = follow(colours);
const form = document.getElementById("proof");
const proof = given.get("tgWebAppData");
if (form && proof) {
  for (const [name, value] of Object.entries({ init_data: proof, theme })) {
    const input = Object.assign(document.createElement("input"), { type: "hidden", name, value });
    form.append(input);
  }
  history.replaceState(null, "", location.pathname + location.search); // what proves somebody does not stay in the address
  form.submit();
} else if (form) document.getElementById("unproven").hidden = false;
post("web_app_ready");
post("web_app_expand");
