// Questions to /v1. A token, where one is needed, stays in this tab.
const KEY = 'weir-token';
let askForToken = null;

export function whenLockedOut(ask) { askForToken = ask; }

export class Refused extends Error {
  constructor(status, detail) { super(detail); this.status = status; }
}

function headers(more) {
  const token = sessionStorage.getItem(KEY);
  return token ? { ...more, Authorization: `Bearer ${token}` } : more;
}

async function refusal(response) {
  let detail = `${response.status} ${response.statusText}`;
  try { detail = (await response.json()).detail || detail; } catch { /* no problem document */ }
  return new Refused(response.status, detail);
}

export async function ask(path, options = {}) {
  let response;
  try {
    response = await fetch(path, { ...options, headers: headers({ Accept: 'application/json', ...options.headers }), signal: options.signal || AbortSignal.timeout(10_000) });
  } catch (e) {
    if (e.name === 'AbortError') throw e;
    throw new Refused(0, 'The engine does not answer.');
  }
  if (response.status === 401 && askForToken) {
    sessionStorage.setItem(KEY, await askForToken());
    return ask(path, options);
  }
  if (!response.ok) throw await refusal(response);
  return response.status === 204 ? null : response.json();
}

export const put = (path, body) => ask(path, { method: 'PUT', body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } });
export const remove = (path, comment) => ask(`${path}?comment=${encodeURIComponent(comment)}`, { method: 'DELETE' });

// Verdicts as they come, until the signal says to stop; over a cut line it goes on behind the last one it has.
export async function follow(signal, take) {
  let last = '';
  while (!signal.aborted) {
    try {
      const response = await fetch('/v1/verdicts/stream', { signal, headers: headers({ Accept: 'text/event-stream', ...(last && { 'Last-Event-ID': last }) }) });
      if (response.ok) await events(response.body, (id, data) => { last = id || last; take(data); });
    } catch { /* a cut line; tried again below */ }
    await new Promise((done) => { setTimeout(done, 3_000); signal.addEventListener('abort', done, { once: true }); });
  }
}

async function events(body, take) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    text += value;
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const fields = Object.fromEntries(text.slice(0, end).split('\n').map((line) => [line.split(':', 1)[0], line.slice(line.indexOf(':') + 1).trim()]));
      text = text.slice(end + 2);
      if (fields.event === 'verdict') take(fields.id, JSON.parse(fields.data));
    }
  }
}
