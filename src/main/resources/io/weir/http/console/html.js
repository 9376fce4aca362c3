// Elements, and how figures and times are written. Text goes in as text: nothing that a sender chose is ever taken for markup.
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (value !== false && value != null) element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.flat().filter((child) => child != null));
  return element;
}

const whole = new Intl.NumberFormat('en');
const clock = new Intl.DateTimeFormat('en-GB', { day: '2-digit', month: 'short', hour: '2-digit', minute: '2-digit', timeZone: 'UTC' });
const day = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: '2-digit', month: 'short', timeZone: 'UTC' });

export const number = (value) => whole.format(value);
export const when = (ms) => `${clock.format(ms)} UTC`;
export const date = (iso) => day.format(new Date(`${iso}T00:00:00Z`));
export const share = (admit) => (admit >= 0.1 ? `${Math.round(100 * admit)}%` : `${(100 * admit).toFixed(1)}%`);

const SPANS = { '5m': '5 min', '1h': 'hour', '1d': 'day', PT5M: '5 min', PT1H: 'hour', P1D: 'day', PT24H: 'day' };
export const span = (horizon) => SPANS[horizon] || horizon;

export function ago(ms, now) {
  const minutes = Math.round((now - ms) / 60_000);
  if (minutes < 1) return 'just now';
  if (minutes < 120) return `${minutes} min ago`;
  return minutes < 2 * 1440 ? `${Math.round(minutes / 60)} h ago` : `${Math.round(minutes / 1440)} days ago`;
}

export function table(caption, columns, rows, none) {
  if (rows.length === 0) return h('div', { class: 'scroll' }, h('p', { class: 'empty' }, none));
  return h('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': caption },
    h('table', {}, h('caption', {}, caption),
      h('thead', {}, h('tr', {}, columns.map(([name, kind]) => h('th', { scope: 'col', class: kind }, name)))),
      h('tbody', {}, rows.map((row) => h('tr', {}, row.map((cell, i) => h('td', { class: columns[i][1] }, cell)))))));
}

export const mode = (which) => h('span', { class: `tag ${which === 'enforce' ? 'bad' : 'warn'}` }, which === 'enforce' ? 'deferring' : 'shadow');
export const card = (figure, text, kind) => h('div', { class: 'card' }, h('b', { class: kind }, figure), h('span', {}, text));

// Where the page of a client is: a sender, or a network whose newcomers are held together.
export function link(client) {
  const plain = client.split(' via ')[0];
  const isNetwork = plain.includes('/') && !plain.endsWith('/64');
  return h('a', { href: isNetwork ? `#/network/${plain}` : `#/sender/${encodeURIComponent(plain.split('/')[0])}` }, client);
}
