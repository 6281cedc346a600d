// The page as a whole: who speaks, what is on their screen, and what the server tells.

import { act, fileAddress, read } from "./api.js";
import { ask } from "./ask.js";
import { bubble, shortText } from "./bubbles.js";
import * as composer from "./composer.js";
import { setUpDisplay } from "./display.js";
import { byId, make, toast } from "./dom.js";
import { replyKeyboard } from "./keyboards.js";

const ROLES = { resident: "habitant·e", mediator: "médiation", staff: "équipe", group: "groupe" };
const ACTIONS = { typing: "écrit…", upload_document: "envoie un document…", upload_photo: "envoie une photo…",
  record_voice: "enregistre…", upload_voice: "envoie un message vocal…", find_location: "cherche un lieu…" };
const log = byId("log");
const unread = new Map();
let state = { bot: {}, people: [], groups: [] };
let current = null; // { person, chat, name, role }
let messages = new Map();
let pinned = [];
let typingTimer = 0;
let pressed = new Map();

const seat = () => ({ person: current.person, chat: current.chat });
const places = () => [
  ...state.people.map((p) => ({ person: p.id, chat: p.id, name: p.name, role: p.role })),
  ...state.groups.filter((g) => g.members.length).map((g) => ({ person: g.members[0], chat: g.id, name: g.title, role: "group" })),
];

const actions = {
  send: (text) => composer.send(text),
  edit: (message) => composer.begin("edit", message),
  reply: (message) => composer.begin("reply", message),
  search: (words) => composer.search(words),
  attach: (kind) => composer.attach(kind),
  file: (id, element) => Object.assign(element, { src: fileAddress(id) }),
  document: (file, about) => make("a", { class: "card", href: fileAddress(file.file_id, true), download: file.file_name || "fichier" }, ...about),
  show(number) {
    const item = byId(`message-${number}`);
    item?.scrollIntoView({ block: "center" });
    item?.focus({ preventScroll: true });
  },
  async press(message, button, element) {
    element.setAttribute("aria-busy", "true");
    const update = await composer.attempt(act("press", { ...seat(), message_id: message.message_id, data: button.callback_data }));
    if (update) pressed.set(update.callback_query.id, element);
    else element.removeAttribute("aria-busy");
    setTimeout(() => element.removeAttribute("aria-busy"), 10000);
  },
  deepLink(address) {
    const link = address.match(/^(?:https?:\/\/t\.me\/|tg:\/\/resolve\?domain=)(\w+)(?:[?&]start=([\w-]*))?$/i);
    if (!link || link[1].toLowerCase() !== state.bot.username.toLowerCase()) return false;
    composer.send(`/start ${link[2] ?? ""}`.trim());
    return true;
  },
};

function showPeople() {
  const chips = places().map((place) => {
    const news = unread.get(place.chat);
    return make("li", {}, make("button", {
      type: "button",
      class: `person ${place.role}`,
      "aria-current": current?.chat === place.chat ? "true" : undefined,
      onclick: () => enter(place).then(() => byId("field").focus()),
    }, make("span", { class: "face", "aria-hidden": "true" }, place.name[0]),
    make("span", {}, place.name, make("small", {}, ROLES[place.role])),
    news && make("span", { class: "badge" }, String(news), make("span", { class: "unseen" }, news > 1 ? " nouveaux messages" : " nouveau message"))));
  });
  chips.push(make("li", {}, make("button", { type: "button", class: "person new", onclick: newcomer },
    make("span", { class: "face", "aria-hidden": "true" }, "+"), make("span", {}, "Nouvelle personne"))));
  byId("people").replaceChildren(...chips);
  byId("people").querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
}

async function newcomer() {
  const given = await ask("Nouvelle personne", [{ name: "name", label: "Prénom" }]);
  const person = given && await composer.attempt(act("person", given));
  if (!person) return;
  await loadState();
  await enter(places().find((place) => place.chat === person.id));
  byId("field").focus();
}

async function enter(place) {
  current = place;
  unread.delete(place.chat);
  history.replaceState(null, "", `#${place.chat}`);
  composer.reset();
  log.setAttribute("aria-live", "off"); // a whole conversation is not news
  const screen = await read("messages", seat());
  messages = new Map(screen.messages.map((message) => [message.message_id, message]));
  composer.setCommands(screen.commands);
  byId("messages").replaceChildren(...screen.messages.map((message) => bubble(message, current.person, actions)));
  replyKeyboard(byId("reply-keys"), screen.keyboard, actions);
  stopTyping();
  showBlocked(screen.blocked);
  showPinned(screen.pinned);
  showEmpty();
  showPeople();
  toBottom();
  setTimeout(() => log.setAttribute("aria-live", "polite"), 100);
}

function showEmpty() {
  byId("empty").hidden = messages.size > 0;
  byId("empty-words").textContent = state.bot.description || `Vous êtes ${current.name}. Écrivez à ${state.bot.name}, ou démarrez la conversation.`;
}

function showBlocked(blocked) {
  byId("block").hidden = current.role === "group";
  byId("block").setAttribute("aria-pressed", String(blocked));
  byId("block").textContent = blocked ? "Débloquer le bot" : "Bloquer le bot";
}

function showPinned(numbers) {
  pinned = numbers;
  const message = messages.get(numbers.at(-1));
  byId("pinned").hidden = !message;
  byId("pinned").textContent = message ? `Épinglé : ${shortText(message)}` : "";
}

const nearBottom = () => log.scrollHeight - log.scrollTop - log.clientHeight < 120;
const toBottom = () => { log.scrollTop = log.scrollHeight; byId("down").hidden = true; };

function put(message, isNew) {
  const stay = !nearBottom() && message.from.id !== current.person;
  messages.set(message.message_id, message);
  const item = bubble(message, current.person, actions);
  const old = byId(`message-${message.message_id}`);
  if (old) {
    const hadFocus = old.contains(document.activeElement);
    old.replaceWith(item);
    if (hadFocus) (item.querySelector(".key") ?? item).focus({ preventScroll: true });
  } else if (isNew) byId("messages").append(item);
  showEmpty();
  if (stay) byId("down").hidden = false;
  else toBottom();
}

function startTyping(action) {
  byId("typing-words").textContent = `${state.bot.name} ${ACTIONS[action] ?? "prépare une réponse…"}`;
  byId("typing").hidden = false;
  if (nearBottom()) toBottom();
  clearTimeout(typingTimer);
  typingTimer = setTimeout(stopTyping, 5000);
}

function stopTyping() {
  clearTimeout(typingTimer);
  byId("typing").hidden = true;
}

function alertFrom(event) {
  const button = pressed.get(event.query_id);
  if (!button) return;
  pressed.delete(event.query_id);
  button.removeAttribute("aria-busy");
  if (event.url) actions.deepLink(event.url) || toast(`Le bot propose d’ouvrir : ${event.url}`);
  if (!event.text) return;
  if (!event.show_alert) return toast(event.text);
  byId("alert-words").textContent = event.text;
  byId("alert").showModal();
}

async function hear(event) {
  if (event.kind === "people") return loadState().then(showPeople);
  if (event.kind === "commands") return loadState().then(async () => composer.setCommands((await read("messages", seat())).commands));
  if (event.chat !== current.chat) {
    if (event.kind === "message" && event.message.from.is_bot) {
      unread.set(event.chat, (unread.get(event.chat) ?? 0) + 1);
      if (!places().some((place) => place.chat === event.chat)) await loadState();
      showPeople();
    }
    return;
  }
  switch (event.kind) {
    case "message": if (event.message.from.is_bot) stopTyping(); return put(event.message, true);
    case "edited": return put(event.message, false);
    case "deleted": messages.delete(event.message_id); byId(`message-${event.message_id}`)?.remove(); return showEmpty();
    case "action": return startTyping(event.action);
    case "alert": return event.user === current.person && alertFrom(event);
    case "keyboard": replyKeyboard(byId("reply-keys"), event.keyboard, actions); return toBottom();
    case "pinned": return showPinned(event.pinned);
    case "reaction": return react(event);
  }
}

function react(event) {
  const item = byId(`message-${event.message_id}`);
  item?.querySelector(".reaction")?.remove();
  if (event.emoji.length) item?.querySelector(".bubble").append(make("span", { class: "reaction" }, event.emoji.join("")));
}

async function loadState() {
  state = await read("state");
  composer.setBot(state.bot);
  byId("bot-name").textContent = state.bot.name;
  document.title = `${state.bot.name} – essai sur cette machine`;
}

function listen() {
  const status = (words) => { byId("status").textContent = words; };
  const stream = new EventSource(`/trial/events?since=${state.number}`);
  let lost = false;
  let order = Promise.resolve(); // one after the other, as they happened
  stream.addEventListener("message", (news) => { order = order.then(() => hear(JSON.parse(news.data))).catch((error) => toast(error.message)); });
  stream.addEventListener("open", async () => {
    status("essai : rien ne sort de cette machine");
    if (!lost) return;
    lost = false;
    await loadState();
    await enter(places().find((place) => place.chat === current.chat) ?? places()[0]);
  });
  stream.addEventListener("error", () => { lost = true; status("Connexion perdue, nouvel essai…"); });
}

async function open() {
  composer.setUp(seat);
  setUpDisplay();
  await loadState();
  const payload = new URLSearchParams(location.search).get("start");
  const wanted = Number(location.hash.slice(1));
  if (location.search) history.replaceState(null, "", location.pathname + location.hash);
  await enter(places().find((place) => place.chat === wanted) ?? places()[0]);
  listen();
  byId("start").addEventListener("click", () => { composer.send("/start"); byId("field").focus(); });
  byId("block").addEventListener("click", async () => {
    const blocked = byId("block").getAttribute("aria-pressed") !== "true";
    if (await composer.attempt(act("block", { person: current.person, blocked }))) showBlocked(blocked);
  });
  byId("pinned").addEventListener("click", () => actions.show(pinned.at(-1)));
  byId("down").addEventListener("click", toBottom);
  log.addEventListener("scroll", () => { if (nearBottom()) byId("down").hidden = true; });
  if (payload !== null) composer.send(`/start ${payload}`.trim());
  if (matchMedia("(hover: hover)").matches) byId("field").focus();
}

open().catch((error) => { byId("status").textContent = error.message; });
