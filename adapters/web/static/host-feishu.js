// Feishu's side: its client gives a code by which our server learns who is looking. What it says of the conversation is
// only passed on; the server asks Feishu whether it is so.
// https://open.feishu.cn/document/uYjL24iN/uUzMuUzMuUzM/requestaccess

const PATIENCE = 60_000; // milliseconds: the client may ask the person first
const QUICK = 5_000; // for what nobody is asked
const form = document.getElementById("proof");
const told = form?.dataset ?? {}; // once the page is there, there is nothing left to prove

class Trouble extends Error {}

function send(fields) {
  for (const [name, value] of Object.entries(fields)) form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
  form.submit();
}

function stop(trouble) {
  document.getElementById("wait").hidden = true;
  document.querySelector(`[data-trouble="${trouble}"]`).hidden = false;
}

function inTime(answer, patience) {
  const late = new Promise((_, refuse) => setTimeout(() => refuse(new Trouble("silent")), patience));
  return Promise.race([answer, late]);
}

function load(address) {
  return new Promise((done, refuse) => {
    const script = Object.assign(document.createElement("script"), { src: address, onload: done });
    script.onerror = () => refuse(new Trouble("script"));
    document.head.append(script);
  });
}

// One call of the client's, as a promise.
const call = (name, given) => new Promise((success, fail) => window.tt[name]({ ...given, success, fail }));

// Clients before 6.9 have the older call alone.
const code = () => (window.tt.requestAccess ? call("requestAccess", { appID: told.app, scopeList: [], state: told.state }) : call("requestAuthCode", { appId: told.app }));

function configured() {
  return new Promise((done, refuse) => {
    window.h5sdk.error(refuse);
    window.h5sdk.ready(done);
    window.h5sdk.config({ appId: told.app, timestamp: Number(told.stamp), nonceStr: told.nonce, signature: told.signature, jsApiList: ["getTriggerContext"], onSuccess: done, onFail: refuse });
  });
}

// Opened from the menu beside the text field, the client knows the conversation; without it the page stands beside none.
async function conversation() {
  if (told.chat || !told.signature) return told.chat;
  await configured();
  const found = await call("getTriggerContext", { triggerCode: told.trigger });
  return found?.content?.openChatId ?? found?.openChatId ?? "";
}

async function ask() {
  await inTime(load(told.sdk), PATIENCE);
  if (!window.tt || !window.h5sdk) throw new Trouble("script");
  const given = await inTime(code(), PATIENCE);
  if (!given?.code || (given.state && given.state !== told.state)) throw new Trouble("refused");
  const chat = await inTime(conversation(), QUICK).catch(() => "");
  return { code: given.code, state: told.state, chat };
}

if (form) ask().then(send, (error) => stop(error instanceof Trouble ? error.message : "refused"));
