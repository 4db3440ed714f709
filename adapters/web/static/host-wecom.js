// WeCom's side: its own script tells which conversation the page stands beside, once it has checked our signatures.
// What it says is only passed on; the server asks WeCom whether it is so.
// https://developer.work.weixin.qq.com/document/path/98416 and 94313 (getContext)

const PATIENCE = 8000; // milliseconds for each answer
const form = document.getElementById("proof");
const told = form?.dataset;

function send(fields) {
  for (const [name, value] of Object.entries(fields)) form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
  form.submit();
}

// Says why it does not go on, and offers the page without the conversation.
function stop(trouble) {
  document.getElementById("wait").hidden = true;
  document.querySelector(`[data-trouble="${trouble}"]`).hidden = false;
  document.getElementById("alone").hidden = false;
}

class Trouble extends Error {}

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

// Signed by the server for this very address.
const signed = (signature) => () => ({ timestamp: told.stamp, nonceStr: told.nonce, signature });

function register(ww) {
  return new Promise((done, refuse) => {
    const refused = () => refuse(new Trouble("refused"));
    ww.register({
      corpId: told.corp,
      agentId: told.agent,
      jsApiList: ["getContext", "getCurExternalContact", "getCurExternalChat"],
      getConfigSignature: signed(told.config),
      getAgentConfigSignature: signed(told.agentconfig),
      onConfigFail: refused,
      onAgentConfigFail: refused,
    });
    // The script configures itself at the first call, whose answer is the end of it.
    ww.getContext().then(done, refused);
  });
}

const asked = (promise) =>
  inTime(promise).catch((error) => {
    throw error instanceof Trouble ? error : new Trouble("refused");
  });

const contact = async (ww) => ({ external: (await asked(ww.getCurExternalContact())).userId });
const group = async (ww) => ({ chat: (await asked(ww.getCurExternalChat())).chatId });

// Where the page was opened from says what there is to ask for; elsewhere there is no customer in the conversation.
const ENTRIES = {
  contact_profile: contact,
  single_chat_tools: contact,
  single_kf_tools: contact,
  group_chat_tools: group,
  chat_attachment: (ww) => contact(ww).catch(() => group(ww)),
};

async function ask() {
  await inTime(load(told.sdk));
  const ww = window.ww;
  if (!ww) throw new Trouble("script");
  const { entry } = await inTime(register(ww));
  return ENTRIES[entry] ? ENTRIES[entry](ww) : {};
}

if (!form) {
  // The page itself, where there is nothing left to ask.
} else if (told.straight) send({});
else if (told.trouble) stop(told.trouble);
else ask().then(send, (error) => stop(error instanceof Trouble ? error.message : "refused"));
