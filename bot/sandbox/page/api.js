// Talking to the server: JSON there and back, files as they are; an error is a sentence to show.

async function answer(response) {
  const body = await response.json().catch(() => ({ error: "Le serveur d’essai a mal répondu." }));
  if (!response.ok) throw new Error(body.error || "Le serveur d’essai a refusé.");
  return body;
}

export const read = async (path, query = {}) => answer(await fetch(`/trial/${path}?${new URLSearchParams(query)}`));

export const act = async (action, body) =>
  answer(await fetch(`/trial/${action}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  }));

export const upload = async (query, content) =>
  answer(await fetch(`/trial/upload?${new URLSearchParams(query)}`, {
    method: "POST",
    headers: { "Content-Type": "application/octet-stream" },
    body: content,
  }));

export const fileAddress = (id, download = false) =>
  `/trial/file?${new URLSearchParams(download ? { id, download: 1 } : { id })}`;
