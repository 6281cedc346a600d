// The list above the field: commands after "/", results after "@bot". Arrows choose, Enter takes, Escape closes.

import { byId, make } from "./dom.js";

let taken = [];
let chosen = -1;

export const isOpen = () => !byId("offers").hidden;

export function show(offers, nothing) {
  const place = byId("offers");
  taken = offers;
  chosen = -1;
  place.replaceChildren(...offers.map((offer, i) => make("div", {
    class: "offer", role: "option", id: `offer-${i}`, "aria-selected": "false", onclick: () => offer.take(),
  }, offer.title, offer.note && make("small", {}, offer.note))));
  if (!offers.length && nothing) place.append(make("p", { class: "offer-none" }, nothing));
  place.hidden = !offers.length && !nothing;
  byId("field").removeAttribute("aria-activedescendant");
  byId("menu-button").setAttribute("aria-expanded", String(!place.hidden));
}

export const close = () => show([], "");

export function key(event) {
  if (!isOpen()) return false;
  if (event.key === "Escape") close();
  else if (event.key === "ArrowDown") choose(chosen + 1);
  else if (event.key === "ArrowUp") choose(chosen - 1);
  else if ((event.key === "Enter" || event.key === "Tab") && chosen >= 0) taken[chosen].take();
  else return false;
  event.preventDefault();
  return true;
}

function choose(number) {
  if (!taken.length) return;
  chosen = (number + taken.length) % taken.length;
  const options = [...byId("offers").querySelectorAll("[role=option]")];
  options.forEach((option, i) => option.setAttribute("aria-selected", String(i === chosen)));
  options[chosen].scrollIntoView({ block: "nearest" });
  byId("field").setAttribute("aria-activedescendant", `offer-${chosen}`);
}
