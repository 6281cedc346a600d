// Three minutes without a sign of life end a stay; a warning comes before, and one touch goes on.

import { byId } from "./dom.js";

const SIGNS = ["keydown", "pointerdown", "pointermove", "wheel", "touchstart", "input"];
const TELL_EACH = 10000; // the server hears of signs of life no more often than this
let limits = { idle: 180000, warning: 60000 };
let actions = { tell: () => {}, over: () => {} };
let last = 0;
let told = 0;
let toTell = 0;
let ticking = 0;

const seconds = (left) => (left > 1 ? `${left} secondes` : "une seconde");

export function setUp(idleSeconds, warningSeconds, given) {
  limits = { idle: idleSeconds * 1000, warning: warningSeconds * 1000 };
  actions = given;
  for (const sign of SIGNS) addEventListener(sign, () => { if (!byId("warning").open) alive(); }, { passive: true, capture: true });
  document.addEventListener("visibilitychange", look); // a tablet that wakes up
  byId("warning-stay").addEventListener("click", goOn);
  byId("warning-end").addEventListener("click", () => actions.over());
  byId("warning").addEventListener("cancel", (event) => { event.preventDefault(); goOn(); }); // Escape
}

export function start() {
  last = Date.now();
  told = last;
  clearInterval(ticking);
  ticking = setInterval(look, 1000);
}

export function stop() {
  clearInterval(ticking);
  clearTimeout(toTell);
  ticking = toTell = 0;
}

function alive() {
  if (!ticking) return;
  last = Date.now();
  if (toTell) return;
  toTell = setTimeout(() => { toTell = 0; told = Date.now(); actions.tell(); }, Math.max(0, told + TELL_EACH - last));
}

function goOn() {
  byId("warning").close();
  told = 0;
  alive();
}

function look() {
  if (!ticking) return;
  const left = limits.idle - (Date.now() - last);
  if (left <= 0) return actions.over();
  if (left > limits.warning) return;
  const words = seconds(Math.ceil(left / 1000));
  byId("warning-seconds").textContent = words;
  // Seen each second, heard only now and then.
  if ([30, 10].includes(Math.ceil(left / 1000))) byId("warning-left").textContent = `Encore ${words}.`;
  if (byId("warning").open) return;
  byId("warning-left").textContent = "";
  document.querySelectorAll("dialog[open]").forEach((dialog) => dialog.close());
  byId("warning").showModal();
  byId("warning-stay").focus();
}
