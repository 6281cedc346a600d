// Small questions in a dialog; gives the answers by name, or null where one gives up.

import { byId, make } from "./dom.js";

export function ask(title, fields) {
  const dialog = byId("ask");
  byId("ask-title").textContent = title;
  byId("ask-fields").replaceChildren(...fields.map((field) =>
    make("label", {}, field.label, make("input", { name: field.name, value: field.value ?? "", required: !field.optional,
      type: field.type ?? "text", inputMode: field.mode ?? "text", maxLength: 60, autocomplete: "off" }))));
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => {
    const cancel = () => dialog.close("");
    byId("ask-cancel").addEventListener("click", cancel, { once: true });
    dialog.addEventListener("close", () => {
      byId("ask-cancel").removeEventListener("click", cancel);
      resolve(dialog.returnValue === "ok" ? Object.fromEntries(new FormData(byId("ask-form"))) : null);
    }, { once: true });
  });
}
