// The field and what surrounds it: writing, editing, replying, joining files, searching with "@bot".

import { act, upload } from "./api.js";
import { ask } from "./ask.js";
import { shortText } from "./bubbles.js";
import { byId, toast } from "./dom.js";
import * as offers from "./offers.js";
import * as recorder from "./recorder.js";

const field = byId("field");
let seat = () => ({});
let bot = { username: "" };
let commands = [];
let purpose = null; // { edit: message } or { reply: message }
let waiting = 0;
let fileKind = "document";

export const setBot = (value) => { bot = value; };
export const setCommands = (value) => { commands = value; };

export async function attempt(promise) {
  try {
    return await promise;
  } catch (error) {
    toast(error.message);
    return null;
  }
}

export const send = (text) => attempt(act("send", { ...seat(), text }));

export function begin(kind, message) {
  purpose = { [kind]: message };
  byId("banner").hidden = false;
  byId("banner-words").textContent = kind === "edit" ? "Modifier votre message" : `Répondre à : ${shortText(message).slice(0, 60)}`;
  if (kind === "edit") field.value = message.text;
  field.focus();
}

function end() {
  purpose = null;
  byId("banner").hidden = true;
}

export function search(words) {
  field.value = `@${bot.username} ${words}`;
  field.focus();
  suggest();
}

export function reset() {
  field.value = "";
  field.rows = 1;
  end();
  offers.close();
}

async function submit() {
  const text = field.value;
  if (!text.trim()) return;
  const { edit, reply } = purpose ?? {};
  const sent = edit
    ? await attempt(act("edit", { ...seat(), message_id: edit.message_id, text }))
    : await attempt(act("send", { ...seat(), text, reply_to: reply?.message_id }));
  if (sent) reset();
}

function suggest() {
  field.rows = Math.min(5, field.value.split("\n").length); // for browsers without field-sizing
  clearTimeout(waiting);
  const inline = field.value.match(new RegExp(`^@${bot.username}\\s([\\s\\S]*)$`, "i"));
  if (inline) {
    waiting = setTimeout(() => find(inline[1].trim()), 300);
    return;
  }
  const command = field.value.match(/^\/(\w*)$/);
  if (command) showCommands(command[1]);
  else offers.close();
}

export function showCommands(beginning = "") {
  const fitting = commands.filter((command) => command.command.startsWith(beginning.toLowerCase()));
  offers.show(fitting.map((command) => ({
    title: `/${command.command}`,
    note: command.description,
    take: () => { reset(); send(`/${command.command}`); field.focus(); },
  })), commands.length || beginning ? "" : "Ce bot n’a pas encore annoncé de commandes.");
}

async function find(words) {
  const asked = field.value;
  const found = await attempt(act("inline", { ...seat(), query: words }));
  if (!found || field.value !== asked) return;
  const button = found.button?.start_parameter ? [{
    title: found.button.text,
    take: () => { reset(); send(`/start ${found.button.start_parameter}`); },
  }] : [];
  offers.show(button.concat(found.results.map((result) => ({
    title: result.title ?? result.type,
    note: result.description,
    take: () => { reset(); attempt(act("choose", { ...seat(), id: found.id, query: words, result: result.id })); },
  }))), found.results.length ? "" : "Aucun résultat.");
}

export async function attach(kind) {
  byId("attach").hidden = true;
  byId("attach-button").setAttribute("aria-expanded", "false");
  if (kind === "sticker") await attempt(act("sticker", { ...seat(), emoji: "👍" }));
  else if (kind === "location") {
    const point = await ask("Envoyer une position", [
      { name: "latitude", label: "Latitude", value: "45.1848", mode: "decimal" },
      { name: "longitude", label: "Longitude", value: "0.7218", mode: "decimal" },
    ]);
    if (point) await attempt(act("location", { ...seat(), ...point }));
  } else if (kind === "contact") {
    const card = await ask("Envoyer un contact", [
      { name: "phone_number", label: "Numéro", type: "tel", mode: "tel" },
      { name: "first_name", label: "Prénom (vide : vous-même)", optional: true },
    ]);
    if (card) await attempt(act("contact", { ...seat(), ...card }));
  } else {
    fileKind = kind;
    byId("file").accept = { photo: "image/*", audio: "audio/*", voice: "audio/*" }[kind] ?? "";
    byId("file").click();
    return;
  }
  field.focus();
}

async function record() {
  if (recorder.isRecording()) return recorder.stop();
  if (!recorder.canRecord()) return attach("voice");
  const button = byId("voice-button");
  try {
    await recorder.start((sound, duration) => {
      button.setAttribute("aria-pressed", "false");
      attempt(upload({ ...seat(), kind: "voice", name: "voix", type: sound.type.split(";")[0], duration }, sound));
    });
    button.setAttribute("aria-pressed", "true");
    toast("Enregistrement… Pressez encore pour envoyer.");
  } catch {
    attach("voice"); // no microphone, or not allowed: a file does as well
  }
}

export function setUp(whose) {
  seat = whose;
  byId("composer").addEventListener("submit", (event) => { event.preventDefault(); submit(); });
  field.addEventListener("input", suggest);
  field.addEventListener("keydown", (event) => {
    if (offers.key(event)) return;
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); submit(); }
    else if (event.key === "Escape" && purpose) reset();
  });
  byId("banner-end").addEventListener("click", reset);
  byId("menu-button").addEventListener("click", () => { offers.isOpen() ? offers.close() : showCommands(); field.focus(); });
  byId("attach-button").addEventListener("click", () => {
    const list = byId("attach");
    list.hidden = !list.hidden;
    byId("attach-button").setAttribute("aria-expanded", String(!list.hidden));
    if (!list.hidden) list.querySelector("button").focus();
  });
  byId("attach").addEventListener("click", (event) => { if (event.target.dataset.attach) attach(event.target.dataset.attach); });
  byId("attach").addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    byId("attach").hidden = true;
    byId("attach-button").setAttribute("aria-expanded", "false");
    byId("attach-button").focus();
  });
  byId("voice-button").addEventListener("click", record);
  byId("file").addEventListener("change", async () => {
    const [file] = byId("file").files;
    if (file) await attempt(upload({ ...seat(), kind: fileKind, name: file.name, type: file.type }, file));
    byId("file").value = "";
  });
}
