// Large text and high contrast: two switches, kept for as long as the page is open and nowhere else.

import { byId } from "./dom.js";

const SWITCHES = { "large-text": "large", "high-contrast": "contrast" };

export function setUpDisplay() {
  for (const [id, name] of Object.entries(SWITCHES)) {
    byId(id).addEventListener("click", () => {
      const on = document.documentElement.classList.toggle(name);
      byId(id).setAttribute("aria-pressed", String(on));
    });
  }
}
