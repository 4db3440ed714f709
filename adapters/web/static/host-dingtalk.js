// DingTalk's side: its own script hands out a code, which the server exchanges once for the person it belongs to.
// https://open.dingtalk.com/document/orgapp/jsapi-request-auth-code

const PATIENCE = 8000; // milliseconds for each answer
const form = document.getElementById("proof");
const told = form?.dataset; // once the page is there, there is nothing left to prove
const launch = new URLSearchParams(location.search);

class Trouble extends Error {}

function send(fields) {
  for (const [name, value] of Object.entries(fields)) form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
  form.submit();
}

function stop(trouble) {
  document.getElementById("wait").hidden = true;
  document.querySelector(`[data-trouble="${trouble}"]`).hidden = false;
}

function inTime(answer) {
  const late = new Promise((_, refuse) => setTimeout(() => refuse(new Trouble("silent")), PATIENCE));
  return Promise.race([answer, late]);
}

function load(address) {
  return new Promise((done, refuse) => {
    const script = Object.assign(document.createElement("script"), { src: address, onload: done });
    script.onerror = () => refuse(new Trouble("script"));
    document.head.append(script);
  });
}

// Signed by the server for this very address. The code needs no signature, so that a refusal is no end.
function configure(dd) {
  return new Promise((done) => {
    dd.error(done);
    dd.ready(done);
    if (told.signature) {
      dd.config({
        agentId: told.agent,
        corpId: told.corp,
        timeStamp: told.stamp,
        nonceStr: told.nonce,
        signature: told.signature,
        type: 0,
        jsApiList: ["runtime.permission.requestAuthCode"],
      });
    }
  });
}

const codeOf = (dd) =>
  new Promise((done, refuse) => {
    const failed = () => refuse(new Trouble("refused"));
    dd.runtime.permission.requestAuthCode({ corpId: told.corp, clientId: told.client, onSuccess: ({ code }) => done(code), onFail: failed });
  });

async function ask() {
  await inTime(load(told.sdk));
  const dd = window.dd;
  if (!dd) throw new Trouble("script");
  if (dd.env?.platform === "notInDingTalk") throw new Trouble("outside");
  await inTime(configure(dd));
  return { code: await inTime(codeOf(dd)), conversation: launch.get("openConversationId") ?? launch.get("cid") ?? "" };
}

if (form) ask().then(send, (error) => stop(error instanceof Trouble ? error.message : "refused"));
