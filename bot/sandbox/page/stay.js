// One person's stay: its key lives in this variable and nowhere else, so that nothing outlives the page.

let key = "";
let waiting = new AbortController();

export class Gone extends Error {}

async function answer(response) {
  const body = await response.json().catch(() => ({}));
  if (response.status === 410) throw new Gone(body.error);
  if (!response.ok) throw new Error(body.error || "La demande n’a pas pu aboutir. Réessayez.");
  return body;
}

const call = (path, options) => fetch(`/kiosk/${path}`, { cache: "no-store", credentials: "omit", ...options,
  headers: { "X-Stay": key, ...options?.headers } });

export const isOpen = () => key !== "";
export const read = async (path) => answer(await call(path, { signal: waiting.signal }));
export const act = async (action, body = {}, options = {}) => answer(await call(action, { method: "POST", body: JSON.stringify(body),
  ...options, headers: { "Content-Type": "application/json" } }));
export const goesOn = () => act("stay", {}, { signal: waiting.signal });
export const speak = async (sound, seconds) => answer(await call(`voice?${new URLSearchParams({ seconds, type: sound.type.split(";")[0] })}`, { method: "POST", body: sound,
  headers: { "Content-Type": "application/octet-stream" } }));

export async function file(id) {
  const response = await call(`file?${new URLSearchParams({ id })}`);
  if (!response.ok) await answer(response);
  return response.arrayBuffer();
}

let beginning = null;

export async function begin() {
  beginning ??= act("begin").then((begun) => { key = begun.key; return begun; });
  try {
    return await beginning;
  } catch (error) {
    beginning = null;
    throw error;
  }
}

// The server forgets at once; `keepalive` lets the request out of a page that closes.
export function leave() {
  if (!key) return Promise.resolve();
  waiting.abort(); // first what waits, or it would be answered that all is over
  waiting = new AbortController();
  const gone = act("leave", {}, { keepalive: true }).catch(() => {}); // without a network, it forgets by itself
  key = "";
  beginning = null;
  return gone;
}
