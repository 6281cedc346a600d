// Text with entities as elements. Offsets are UTF-16 units, which is how JavaScript counts too.

import { make } from "./dom.js";
import { languageOf } from "./languages.js";

const TAGS = { bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote", expandable_blockquote: "blockquote" };
// A line that begins with a French name is still Arabic: "auto" would go by that name.
const RIGHT_TO_LEFT = new Set(["ar", "fa-AF"]);
const OTHER_LETTERS = new Set([...RIGHT_TO_LEFT, "ru", "uk"]);
const SAFE = /^(https?|mailto|tel|tg):/i;

export function words(text, entities, actions) {
  const found = parts(text, entities || []);
  if (found.every((part) => !part.lang)) return make("div", { class: "words", dir: "auto" }, ...pieces(text, 0, text.length, [...(entities || [])], actions));
  return make("div", { class: "words" }, ...found.map(({ begin, end, lang }) => make("div", { lang: lang || undefined, dir: RIGHT_TO_LEFT.has(lang) ? "rtl" : "auto" },
    ...pieces(text, begin, end, (entities || []).filter((e) => e.offset < end && e.offset + e.length > begin), actions))));
}

// Runs of lines in one language; a line break within bold or a quotation is no place to part.
function parts(text, entities) {
  const found = [];
  for (let begin = 0; begin <= text.length;) {
    let end = text.indexOf("\n", begin);
    while (end >= 0 && entities.some((e) => e.offset < end && e.offset + e.length > end)) end = text.indexOf("\n", end + 1);
    if (end < 0) end = text.length;
    const line = text.slice(begin, end);
    const last = found.at(-1);
    const goesOn = last && !(OTHER_LETTERS.has(last.lang) && /\p{Script=Latin}{4}/u.test(line));
    const lang = languageOf(line) ?? (goesOn ? last.lang : "");
    if (last && last.lang === lang) last.end = end;
    else found.push({ begin, end, lang });
    begin = end + 1;
  }
  return found;
}

function pieces(text, begin, end, entities, actions) {
  const found = [];
  let at = begin;
  while (entities.length) {
    const entity = entities.shift();
    const last = Math.min(entity.offset + entity.length, end);
    if (entity.offset < at || last <= entity.offset) continue;
    const inner = [];
    while (entities.length && entities[0].offset < last) inner.push(entities.shift());
    found.push(text.slice(at, entity.offset));
    found.push(wrapped(entity, text.slice(entity.offset, last), pieces(text, entity.offset, last, inner, actions), actions));
    at = last;
    // A line break beside a block is the end of its line, not an empty line.
    if (isBlock(entity) && text[at] === "\n") at += 1;
  }
  found.push(text.slice(at, end));
  return found.filter((piece) => piece !== "");
}

const isBlock = (entity) => ["pre", "blockquote", "expandable_blockquote"].includes(entity.type);

function wrapped(entity, text, children, actions) {
  switch (entity.type) {
    case "text_link": return link(entity.url, children, actions);
    case "url": return link(/^[a-z]+:\/\//i.test(text) ? text : `https://${text}`, children, actions);
    case "email": return link(`mailto:${text}`, children, actions);
    case "phone_number": return link(`tel:${text.replace(/[^+\d]/g, "")}`, children, actions);
    case "bot_command": return make("button", { type: "button", onclick: () => actions.send(text) }, ...children);
    case "spoiler": {
      const hidden = make("span", { class: "spoiler", role: "button", tabIndex: 0, "aria-label": "Texte masqué" }, ...children);
      const open = () => { hidden.classList.add("open"); hidden.removeAttribute("aria-label"); };
      hidden.addEventListener("click", open);
      hidden.addEventListener("keydown", (event) => { if (event.key === "Enter" || event.key === " ") open(); });
      return hidden;
    }
    case "expandable_blockquote": {
      const quote = make("blockquote", { class: "folded", tabIndex: 0, title: "Déplier" }, ...children);
      const unfold = () => { quote.classList.remove("folded"); quote.removeAttribute("title"); };
      quote.addEventListener("click", unfold);
      quote.addEventListener("keydown", (event) => { if (event.key === "Enter") unfold(); });
      return quote;
    }
    default: return TAGS[entity.type] ? make(TAGS[entity.type], {}, ...children) : make("span", {}, ...children);
  }
}

function link(address, children, actions) {
  if (!SAFE.test(address)) return make("span", {}, ...children);
  if (actions.address) {
    const shown = make("span", {}, ...children);
    shown.append(actions.address(address, shown.textContent));
    return shown;
  }
  const here = /^(tel|mailto):/i.test(address);
  return make("a", {
    href: address,
    target: here ? undefined : "_blank",
    rel: "noopener noreferrer",
    onclick: (event) => { if (actions.deepLink(address)) event.preventDefault(); },
  }, ...children);
}
