// Teams' side of the tab: TeamsJS tells where it stands and fetches the token that says who is looking.
// https://learn.microsoft.com/microsoftteams/platform/tabs/how-to/authentication/tab-sso-code
// It is loaded on the way in only, from Microsoft, and refused if it is not the very file of this version.

const SDK = "https://res.cdn.office.net/teams-js/2.23.0/js/MicrosoftTeams.min.js";
const INTEGRITY = "sha384-08XJvrutoSVYTA8PQeUgetTKn8B7JE73C5BdAfWnHZ5WnSFFQO6g1FGmSqxsrAzb";
const PATIENCE = 15_000; // milliseconds; Teams itself gives up after thirty seconds
const SETTINGS = "settings"; // the frame in which somebody adds the tab to a channel or chat

const form = document.getElementById("proof");

function loaded() {
  return new Promise((resolve, reject) => {
    const script = Object.assign(document.createElement("script"), { src: SDK, integrity: INTEGRITY, crossOrigin: "anonymous" });
    script.addEventListener("load", () => resolve(window.microsoftTeams));
    script.addEventListener("error", () => reject(new Error("TeamsJS")));
    document.head.append(script);
  });
}

// What does not answer is no more use than what refuses.
function inTime(promise) {
  return Promise.race([promise, new Promise((_, reject) => setTimeout(() => reject(new Error("too late")), PATIENCE))]);
}

function send(fields) {
  for (const [name, value] of Object.entries(fields)) {
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value: value ?? "" }));
  }
  form.submit();
}

function setUp(teams) {
  const page = location.origin + location.pathname;
  document.getElementById("setup").hidden = false;
  document.getElementById("wait").hidden = true;
  teams.pages.config.registerOnSaveHandler((saving) => {
    const tab = { entityId: "kith", contentUrl: page, websiteUrl: page.replace("/sidebar/in/teams", "/sidebar/"), suggestedDisplayName: "Kith" };
    teams.pages.config.setConfig(tab).then(() => saving.notifySuccess(), () => saving.notifyFailure("Kith"));
  });
  teams.pages.config.setValidityState(true);
  teams.app.notifySuccess();
}

function unproven(teams) {
  document.getElementById(teams ? "unproven" : "unloaded").hidden = false;
  document.getElementById("wait").hidden = true;
  // The page says what to do; Teams is to show it rather than an error of its own.
  teams?.app.notifyExpectedFailure({ reason: "PermissionError", message: "" });
}

async function enter() {
  const teams = await inTime(loaded());
  try {
    await inTime(teams.app.initialize());
    const context = await inTime(teams.app.getContext());
    const theme = context.app.theme === "default" ? "light" : "dark"; // "dark", and "contrast", which is white on black
    document.documentElement.dataset.theme = theme;
    if (context.page.frameContext === SETTINGS) return setUp(teams);
    const token = await inTime(teams.authentication.getAuthToken());
    teams.app.notifySuccess();
    const conversation = context.channel?.id ?? context.chat?.id;
    send({ token, theme, conversation, team: context.channel && context.team?.internalId, page: context.page.subPageId });
  } catch {
    unproven(teams);
  }
}

if (form) enter().catch(() => unproven());
