// One message as a list item: who, what, the file, the buttons.

import { make } from "./dom.js";
import { words } from "./entities.js";
import { inlineKeyboard } from "./keyboards.js";
import { printOnly } from "./printing.js";

const clock = new Intl.DateTimeFormat("fr-FR", { hour: "2-digit", minute: "2-digit" });

export const shortText = (message) =>
  message.text || message.caption || message.venue?.title || message.document?.file_name ||
  (message.location && "Position") || (message.contact && "Contact") || (message.voice && "Message vocal") ||
  (message.photo && "Photo") || (message.audio && "Fichier audio") || (message.sticker && "Autocollant") || "Message";

export function bubble(message, me, actions) {
  const mine = message.from.id === me;
  const text = message.text ?? message.caption;
  const entities = message.entities ?? message.caption_entities;
  const sent = new Date(message.date * 1000);
  const body = make("div", { class: "bubble" },
    make("span", { class: "unseen" }, mine ? "Vous : " : `${message.from.first_name} : `),
    message.forward_origin && make("p", { class: "origin" }, `Transféré de ${message.forward_origin.sender_user?.first_name ?? "quelqu’un"}`),
    message.via_bot && make("p", { class: "via" }, `par @${message.via_bot.username}`),
    message.reply_to_message && make("button", {
      type: "button", class: "quote", onclick: () => actions.show(message.reply_to_message.message_id),
    }, shortText(message.reply_to_message)),
    ...attachments(message, actions),
    text && words(text, entities, actions),
    make("div", { class: "meta" },
      actions.reply && tool("Répondre", () => actions.reply(message)),
      actions.edit && mine && message.text && !message.via_bot && tool("Modifier", () => actions.edit(message)),
      !mine && text && tool("Imprimer", () => printOnly(message.message_id)),
      make("span", { class: "when" }, message.edit_date ? "modifié, " : "",
        make("time", { dateTime: sent.toISOString() }, clock.format(sent)))));
  return make("li", { class: `message ${mine ? "mine" : "theirs"}`, id: `message-${message.message_id}`, tabIndex: -1 },
    body, inlineKeyboard(message, actions));
}

const tool = (name, onclick) => make("button", { type: "button", class: "tool", onclick }, name);

function attachments(message, actions) {
  const found = [];
  if (message.photo) {
    const alt = message.caption ? "" : `Image envoyée par ${message.from.first_name}`;
    found.push(actions.file(message.photo[0].file_id, make("img", { class: "photo", alt: alt || message.caption,
      width: message.photo[0].width, height: message.photo[0].height })));
  }
  const sound = message.voice ?? message.audio;
  if (sound) found.push(actions.file(sound.file_id, make("audio", { controls: true, preload: "metadata",
    "aria-label": message.voice ? "Message vocal" : sound.title || sound.file_name || "Fichier audio" })));
  if (message.document) {
    const about = [sign("file"), make("span", {}, make("strong", {}, message.document.file_name || "Document"),
      make("small", {}, size(message.document.file_size)))];
    found.push(actions.document(message.document, about));
  }
  if (message.venue) {
    found.push(make("div", { class: "card" }, sign("place"),
      make("span", {}, make("strong", {}, message.venue.title), make("small", {}, message.venue.address))));
  } else if (message.location) {
    const { latitude, longitude } = message.location;
    found.push(make("div", { class: "card" }, sign("place"),
      make("span", {}, make("strong", {}, "Position"), make("small", {}, `${latitude.toFixed(4)}, ${longitude.toFixed(4)}`))));
  }
  if (message.contact) {
    const name = [message.contact.first_name, message.contact.last_name].filter(Boolean).join(" ");
    found.push(make("a", { class: "card", href: `tel:${message.contact.phone_number.replace(/[^+\d]/g, "")}` }, sign("person"),
      make("span", {}, make("strong", {}, name), make("small", {}, message.contact.phone_number))));
  }
  if (message.sticker) found.push(make("div", { class: "sticker" }, message.sticker.emoji || "🙂"));
  return found;
}

const DRAWINGS = {
  file: "M7 3h7l5 5v13H7V3Zm7 0v5h5M10 13h6M10 17h6",
  person: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8Zm-7 9a7 7 0 0 1 14 0",
  place: "M12 21s7-6.2 7-11.5a7 7 0 0 0-14 0C5 14.8 12 21 12 21Zm0-9a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Z",
};

// Drawn, since not every machine has a font for pictograms.
function sign(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  svg.setAttribute("viewBox", "0 0 24 24");
  path.setAttribute("d", DRAWINGS[name]);
  svg.append(path);
  return make("span", { class: "card-sign", "aria-hidden": "true" }, svg);
}

function size(bytes = 0) {
  if (bytes < 1000) return `${bytes} octets`;
  const [number, unit] = bytes < 1e6 ? [bytes / 1e3, "ko"] : [bytes / 1e6, "Mo"];
  return `${number.toLocaleString("fr-FR", { maximumFractionDigits: 1 })} ${unit}`;
}
