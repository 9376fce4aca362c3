import { Refused, whenLockedOut } from './api.js';
import { cluster } from './cluster.js';
import { confirm } from './dialog.js';
import { h, when } from './html.js';
import { network } from './network.js';
import { now } from './now.js';
import { sender } from './sender.js';
import { connectors, overrides } from './trusted.js';

const VIEWS = { '': now, sender, network, overrides, connectors, cluster };
const RENEW_MS = 30_000;

const page = document.getElementById('content');
const banner = document.getElementById('banner');
let running = new AbortController();
let timer = 0;

whenLockedOut(async () => {
  const given = await confirm('A token is needed', 'Made with weir token create. It stays in this tab.', [{ name: 'token', label: 'Token', type: 'password' }], 'Go on');
  if (!given) throw new Refused(401, 'Without a token nothing is shown. Reload the page to give one.');
  return given.token.trim();
});

function told(text) {
  banner.hidden = !text;
  banner.textContent = text || '';
}

async function show({ keepsPlace = false } = {}) {
  running.abort();
  clearTimeout(timer);
  running = new AbortController();
  const { signal } = running;
  const [route, query] = location.hash.replace(/^#\/?/, '').split('?');
  const name = route.split('/')[0];
  const view = VIEWS[name];
  for (const link of document.querySelectorAll('nav a')) {
    if (link.getAttribute('href') === `#/${name}`) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  document.title = name ? `${decodeURIComponent(route.split('/').pop())} · Weir` : 'Weir';
  page.setAttribute('aria-busy', 'true');
  try {
    if (!view) throw new Refused(404, 'There is no such page.');
    const again = (said) => { told(said instanceof Error ? said.message : said); if (!(said instanceof Error)) show({ keepsPlace: true }); };
    const asOf = await view(page, { signal, again, rest: route.slice(name.length + 1), query: new URLSearchParams(query || '') });
    document.getElementById('as-of').textContent = asOf ? `As of ${when(asOf)}` : '';
    if (!keepsPlace) { scrollTo(0, 0); page.focus({ preventScroll: true }); }
  } catch (e) {
    if (signal.aborted) return;
    page.replaceChildren(h('h1', {}, 'Nothing to show'), h('p', { class: 'bad', role: 'alert' }, e.message), h('p', {}, h('button', { onclick: () => show() }, 'Try again')));
  } finally {
    page.removeAttribute('aria-busy');
  }
  // Somebody who is typing or reading a dialog is not interrupted.
  timer = setTimeout(function renew() {
    const isBusy = document.querySelector('dialog[open]') || page.contains(document.activeElement.closest('input, select, button')) || document.hidden;
    if (isBusy) timer = setTimeout(renew, RENEW_MS); else show({ keepsPlace: true });
  }, RENEW_MS);
}

document.getElementById('search').addEventListener('submit', (event) => {
  event.preventDefault();
  const address = new FormData(event.target).get('address').trim();
  if (!address) return;
  const isNetwork = address.includes('/') && !address.endsWith('/64');
  location.hash = isNetwork ? `#/network/${address}` : `#/sender/${encodeURIComponent(address.replace(/\/64$/, ''))}`;
});
addEventListener('hashchange', () => { told(''); show(); });
addEventListener('unhandledrejection', (event) => told(String(event.reason?.message || event.reason)));
show();
