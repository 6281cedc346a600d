// Buttons under a message, and the keyboard of proposed replies.

import { make, toast } from "./dom.js";

export function inlineKeyboard(message, actions) {
  const rows = message.reply_markup?.inline_keyboard;
  if (!rows) return null;
  return make("div", { class: "keys", role: "group", "aria-label": "Boutons de ce message" },
    ...rows.map((row) => make("div", { class: "keys-row" }, ...row.map((button) => key(message, button, actions)))));
}

function key(message, button, actions) {
  const look = `key ${button.style === "danger" ? "danger" : button.style === "success" || button.style === "primary" ? "success" : ""}`;
  if (button.url !== undefined && actions.show_address) {
    return make("button", { type: "button", class: look, onclick: () => actions.show_address(button.text, button.url) }, button.text);
  }
  if (button.url !== undefined) {
    return make("a", { class: look, href: button.url, target: "_blank", rel: "noopener noreferrer",
      onclick: (event) => { if (actions.deepLink(button.url)) event.preventDefault(); } },
      button.text, make("span", { "aria-hidden": "true" }, "↗"), make("span", { class: "unseen" }, " (lien, nouvel onglet)"));
  }
  if (button.callback_data !== undefined) {
    const pressed = make("button", { type: "button", class: look }, button.text);
    pressed.addEventListener("click", () => actions.press(message, button, pressed));
    return pressed;
  }
  if (button.copy_text) {
    return make("button", { type: "button", class: look, onclick: () => copy(button.copy_text.text) },
      button.text, make("span", { "aria-hidden": "true" }, "⧉"), make("span", { class: "unseen" }, " (copier)"));
  }
  if (!actions.search) return null;
  const query = button.switch_inline_query_current_chat ?? button.switch_inline_query ?? button.switch_inline_query_chosen_chat?.query;
  if (query !== undefined) {
    return make("button", { type: "button", class: look, onclick: () => actions.search(query) }, button.text);
  }
  return make("button", { type: "button", class: look, disabled: true, title: "Sans effet dans cet essai" }, button.text);
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    toast(`Copié : ${text}`);
  } catch {
    toast(`À copier : ${text}`);
  }
}

export function replyKeyboard(place, keyboard, actions) {
  place.replaceChildren();
  place.hidden = !keyboard;
  for (const keys of keyboard?.keyboard ?? []) {
    const row = keys.filter((button) => actions.attach || !(button.request_location || button.request_contact));
    place.append(make("div", { class: "keys-row" }, ...row.map((button) => make("button", {
      type: "button",
      class: "key",
      onclick: () => {
        if (button.request_location) actions.attach("location");
        else if (button.request_contact) actions.attach("contact");
        else actions.send(button.text);
      },
    }, button.text))));
  }
}
