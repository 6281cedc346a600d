// Which language a line is in, so that a screen reader changes its voice. A few frequent words are enough for the
// sentences that the assistant sends; an empty answer is the page's own French, null says that the line tells nothing.

const WORDS = {
  fr: "le la les un une des de du et est vous votre pour avec dans sur qui que pas ou au aux ne nous ce cette",
  en: "the and is you your for with of to in not this that or can if are please help call free",
  pt: "o os e é você seu sua para com não uma por em se do da no na pode ajuda ligue",
  es: "el los y es usted su para con no una por en si del puede ayuda llame gratis",
  tr: "ve bir bu için ile değil siz sizi var yok da de olarak lütfen arayın yardım ücretsiz",
};
const OF = new Map();
for (const [code, words] of Object.entries(WORDS)) {
  for (const word of words.split(" ")) OF.set(word, [...(OF.get(word) ?? []), code]);
}

export function languageOf(line) {
  const letters = line.match(/\p{L}/gu)?.length ?? 0;
  const arabic = line.match(/\p{Script=Arabic}/gu)?.length ?? 0;
  if (arabic > letters / 2) return /[پچژگکیۀ]/.test(line) ? "fa-AF" : "ar";
  const cyrillic = line.match(/\p{Script=Cyrillic}/gu)?.length ?? 0;
  if (cyrillic > letters / 2) return /[іїєґ]/i.test(line) ? "uk" : "ru";
  const counts = new Map();
  for (const word of line.toLowerCase().match(/\p{L}+/gu) ?? []) {
    for (const code of OF.get(word) ?? []) counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  const [first, second] = [...counts].sort((a, b) => b[1] - a[1]);
  if (!first || first[1] < 3 || first[1] < (second?.[1] ?? 0) + 2) return null;
  return first[0] === "fr" ? "" : first[0];
}
