// The kiosk: one resident's conversation, and nothing left of it when they go.

import { bubble } from "./bubbles.js";
import { setUpDisplay } from "./display.js";
import { byId, make, toast } from "./dom.js";
import * as idleness from "./idleness.js";
import { replyKeyboard } from "./keyboards.js";
import { printDocument } from "./printing.js";
import * as recorder from "./recorder.js";
import * as stay from "./stay.js";

const log = byId("log");
const field = byId("field");
const pressed = new Map();
const blobs = [];
let me = 0;
let ended = false;
let asked = false; // something was asked whose reply is still to come: it is shown wherever one was reading
let bot = { username: "" };

async function attempt(work) {
  try {
    return await work();
  } catch (error) {
    if (error instanceof stay.Gone) restart();
    else toast(error.message);
    return null;
  }
}

const actions = {
  send: (text) => attempt(async () => { await open(); asked = true; return stay.act("send", { text }); }),
  show(number) {
    byId(`message-${number}`)?.scrollIntoView({ block: "center" });
    byId(`message-${number}`)?.focus({ preventScroll: true });
  },
  async press(message, button, element) {
    element.setAttribute("aria-busy", "true");
    const done = await attempt(() => stay.act("press", { message_id: message.message_id, data: button.callback_data }));
    if (done) asked = true;
    if (done) pressed.set(done.query_id, element);
    setTimeout(() => element.removeAttribute("aria-busy"), done ? 10000 : 0);
  },
  // Other sites keep traces of whoever visits them: here their address is shown, to be written down or printed.
  address: (url, text) => {
    const shown = plain(url);
    return /^(tel|mailto):/i.test(url) || text.includes(shown) || deepLink(url) ? "" : ` (${shown})`;
  },
  show_address(name, url) {
    if (deepLink(url)) return actions.send(`/start ${deepLink(url)[2] ?? ""}`.trim());
    say(/^tel:/i.test(url) ? `${name}\n${plain(url)}` : `${name}\nAdresse du site : ${plain(url)}`);
  },
  file(id, element) {
    attempt(() => stay.file(id)).then((content) => {
      if (!content || ended) return;
      blobs.push(URL.createObjectURL(new Blob([content], { type: element.localName === "img" ? "image/png" : "audio/ogg" })));
      element.src = blobs.at(-1);
    });
    return element;
  },
  document: (file, about) => make("div", { class: "card" }, ...about, file.mime_type === "application/pdf" && make("button", {
    type: "button", class: "key", onclick: () => attempt(async () => printDocument(await stay.file(file.file_id), file.file_name || "Document")),
  }, "Imprimer la fiche")),
  deepLink: () => false,
};

const plain = (url) => url.replace(/^(https?:\/\/|tel:|mailto:)/i, "").replace(/\/$/, "");
const deepLink = (url) => {
  const link = url.match(/^(?:https?:\/\/t\.me\/|tg:\/\/resolve\?domain=)(\w+)(?:[?&]start=([\w-]*))?$/i);
  return link && link[1].toLowerCase() === bot.username.toLowerCase() ? link : null;
};

function say(words) {
  byId("alert-words").textContent = words;
  byId("alert").showModal();
}

let opening = null;

const open = () => (opening ??= begin().catch((error) => { opening = null; throw error; }));

async function begin() {
  const begun = await stay.begin();
  me = begun.me;
  byId("end").hidden = false;
  byId("empty").hidden = true;
  byId("messages").hidden = false;
  idleness.start();
  listen(begun.number);
}

async function listen(number) {
  for (let pause = 1000; stay.isOpen();) {
    try {
      const news = await stay.read(`news?since=${number}`);
      if (news.lost) await readAgain();
      else news.events.forEach(hear);
      number = news.number;
      pause = 1000;
    } catch (error) {
      if (error instanceof stay.Gone) return restart();
      if (!stay.isOpen()) return;
      toast("La connexion est coupée. Nouvel essai…");
      await new Promise((resolve) => { setTimeout(resolve, pause); });
      pause = Math.min(pause * 2, 15000);
    }
  }
}

async function readAgain() {
  const screen = await stay.read("screen");
  byId("messages").replaceChildren(...screen.messages.map((message) => bubble(message, me, actions)));
  replyKeyboard(byId("reply-keys"), screen.keyboard, actions);
  toBottom();
}

function hear(event) {
  switch (event.kind) {
    case "message": if (event.message.from.is_bot) byId("typing").hidden = true; return put(event.message, true);
    case "edited": return put(event.message, false);
    case "deleted": return byId(`message-${event.message_id}`)?.remove();
    case "action": byId("typing").hidden = false; return nearBottom() && toBottom();
    case "alert": return alertFrom(event);
    case "keyboard": return replyKeyboard(byId("reply-keys"), event.keyboard, actions);
  }
}

function alertFrom(event) {
  pressed.get(event.query_id)?.removeAttribute("aria-busy");
  pressed.delete(event.query_id);
  if (event.text) event.show_alert ? say(event.text) : toast(event.text);
}

const nearBottom = () => log.scrollHeight - log.scrollTop - log.clientHeight < 120;
const toBottom = () => { log.scrollTop = log.scrollHeight; byId("down").hidden = true; };

function put(message, isNew) {
  const item = bubble(message, me, actions);
  const old = byId(`message-${message.message_id}`);
  const stays = !nearBottom() && message.from.id !== me && !(asked && isNew);
  if (isNew && message.from.is_bot) asked = false;
  if (old) {
    const hadFocus = old.contains(document.activeElement);
    old.replaceWith(item);
    if (hadFocus) (item.querySelector(".key") ?? item).focus({ preventScroll: true });
  } else if (isNew) byId("messages").append(item);
  if (stays) byId("down").hidden = false;
  else if (message.from.is_bot && item.offsetHeight > log.clientHeight) item.scrollIntoView({ block: "start" }); // a long answer is read from its beginning
  else toBottom();
}

// Takes everything off the page; what a browser might keep of it is empty.
function clear() {
  ended = true;
  idleness.stop();
  byId("messages").replaceChildren();
  byId("reply-keys").replaceChildren();
  for (const id of ["toast", "alert-words"]) byId(id).textContent = "";
  field.value = "";
  pressed.clear();
  blobs.splice(0).forEach(URL.revokeObjectURL);
}

function restart() {
  if (ended) return;
  clear();
  stay.leave().finally(() => location.replace("/"));
}

async function submit() {
  const text = field.value;
  if (text.trim() && await actions.send(text)) field.value = "";
}

async function record() {
  const button = byId("voice-button");
  if (recorder.isRecording()) return recorder.stop();
  try {
    await recorder.start((sound, duration) => {
      button.setAttribute("aria-pressed", "false");
      attempt(async () => { await open(); return stay.speak(sound, duration); });
    });
    button.setAttribute("aria-pressed", "true");
    toast("Parlez. Touchez encore le micro pour envoyer.");
  } catch {
    toast("Le micro n’est pas disponible. Écrivez votre question.");
  }
}

function setUp() {
  setUpDisplay();
  byId("composer").addEventListener("submit", (event) => { event.preventDefault(); submit(); });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); submit(); }
  });
  byId("start").addEventListener("click", () => { actions.send("/start"); field.focus(); });
  byId("end").addEventListener("click", () => byId("ending").showModal());
  byId("ending-no").addEventListener("click", () => byId("ending").close());
  byId("ending-yes").addEventListener("click", restart);
  byId("down").addEventListener("click", toBottom);
  byId("voice-button").hidden = !recorder.canRecord();
  byId("voice-button").addEventListener("click", record);
  log.addEventListener("scroll", () => { if (nearBottom()) byId("down").hidden = true; });
  for (const waiting of document.querySelectorAll(":disabled")) waiting.disabled = false; // what is typed now arrives
  // Left by the back button or a closed window: forgotten too. Brought back from the browser's memory: begun afresh.
  addEventListener("pagehide", () => { clear(); stay.leave(); });
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
}

setUp();
stay.read("about").then((about) => {
  bot = about.bot;
  byId("bot-name").textContent = bot.name;
  idleness.setUp(about.idle_seconds, about.warning_seconds, {
    tell: () => stay.goesOn().catch((error) => { if (error instanceof stay.Gone) restart(); }),
    over: restart,
  });
}).catch((error) => toast(error.message));
