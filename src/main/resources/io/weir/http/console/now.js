import { ask, follow } from './api.js';
import { ago, card, h, link, mode, number, share, span, table, when } from './html.js';

const LIMIT = 50;
const DAY_MS = 86_400_000;

// What is throttled now and why, what was decided last, and how the day went.
export async function now(page, { signal, query }) {
  const reason = query.get('reason') || '';
  const network = query.get('network') || '';
  const cursor = query.get('cursor') || '';
  const filter = new URLSearchParams({ throttled: 'true', limit: LIMIT, ...(reason && { reason }), ...(network && { network }), ...(cursor && { cursor }) });
  const [throttled, newest, reasons] = await Promise.all([ask(`/v1/senders?${filter}`, { signal }), ask('/v1/verdicts?limit=1000', { signal }), ask('/v1/reasons', { signal })]);
  const feed = h('div', {});
  const verdicts = newest.verdicts.slice().reverse();
  page.replaceChildren(...[
    h('h1', {}, 'Now'),
    learning(reasons.reasons),
    h('div', { class: 'cards' },
      card(throttled.next || cursor ? `${number(throttled.items.length)}+` : number(throttled.items.length), 'senders throttled on this page'),
      card(number(since(verdicts, throttled.asOfMs, 'throttle')), 'throttles begun or renewed in 24 hours'),
      card(number(since(verdicts, throttled.asOfMs, 'allow')), 'released in 24 hours', 'good')),
    h('h2', {}, 'Throttled now'),
    filters(reasons.reasons, reason, network),
    throttled.complete ? null : h('p', { class: 'warn' }, `Not all is shown: nobody told of partitions ${throttled.missingPartitions.join(', ')} in time.`),
    table('Senders that are held, and what of theirs passes', [['Sender'], ['Why'], ['Mode'], ['Tried', 'n'], ['Allowed', 'n'], ['Passes', 'n'], ['Since', 'when']],
      throttled.items.map(({ client, throttle: t }) => [link(client), h('a', { href: `#/?reason=${t.reason}`, title: t.meaning }, t.reason), mode(t.mode),
        t.observed == null ? '–' : `${number(t.observed)} / ${span(t.horizon)}`, t.allowance == null ? '–' : number(t.allowance), share(t.admit), ago(t.decidedAtMs, throttled.asOfMs)]),
      reason || network ? 'Nobody, as far as this filter sees.' : 'Nobody is throttled. All mail passes.'),
    pages(cursor, throttled.next, reason, network),
    h('h2', {}, 'Surges of the last 24 hours'), timeline(verdicts, throttled.asOfMs),
    h('h2', {}, 'Decided last'), feed].filter((part) => part));
  const shown = verdicts.slice(0, 30);
  const render = () => feed.replaceChildren(table('Verdicts, the newest first; new ones appear by themselves', [['When', 'when'], ['Sender'], ['What'], ['Why'], ['Mode']],
    shown.map((v) => [when(v.decidedAtMs), link(v.client), v.action === 'allow' ? h('span', { class: 'good' }, 'released') : `lets ${share(v.admit)} through`, v.reason, mode(v.mode)]),
    'No verdict yet.'));
  render();
  follow(signal, (verdict) => {
    if (shown.some((v) => v.client === verdict.client && v.seq === verdict.seq)) return;
    shown.unshift(verdict);
    shown.length = Math.min(shown.length, 30);
    render();
  });
  return throttled.asOfMs;
}

const since = (verdicts, now_, action) => verdicts.filter((v) => v.action === action && v.decidedAtMs > now_ - DAY_MS).length;

function learning(reasons) {
  const enforced = reasons.filter((reason) => reason.mode === 'enforce').length;
  if (enforced === reasons.length) return h('p', { class: 'soft' }, 'Every reason is enforced.');
  return enforced > 0 ? h('p', { class: 'soft' }, `${enforced} of ${reasons.length} reasons are enforced; the others only report.`)
    : h('p', { class: 'warn' }, 'Every reason is in shadow: all mail passes, and what is shown here is what would be deferred.');
}

function filters(reasons, reason, network) {
  const form = h('form', { class: 'filters', onsubmit: (event) => {
    event.preventDefault();
    const values = [...new FormData(form)].filter(([, value]) => value.trim());
    location.hash = `#/?${new URLSearchParams(values)}`;
  } },
  h('label', {}, 'Why', h('select', { name: 'reason' }, h('option', { value: '' }, 'any reason'), reasons.map((one) => h('option', { value: one.id, selected: one.id === reason }, one.id)))),
  h('label', {}, 'Network', h('input', { name: 'network', value: network, placeholder: '203.0.113.0/24', maxlength: 64, autocomplete: 'off' })),
  h('button', {}, 'Show'));
  return form;
}

function pages(cursor, next, reason, network) {
  if (!cursor && !next) return null;
  const to = (position) => `#/?${new URLSearchParams({ ...(reason && { reason }), ...(network && { network }), ...(position && { cursor: position }) })}`;
  return h('p', { class: 'pages' }, cursor ? h('a', { href: to('') }, 'First page') : null, next ? h('a', { href: to(next) }, 'Next page') : h('span', { class: 'soft' }, 'Last page'));
}

// One row for each sender with a throttle, the largest excess first.
function timeline(verdicts, now_) {
  const worst = new Map();
  for (const v of verdicts) {
    if (v.action !== 'throttle' || v.decidedAtMs < now_ - DAY_MS) continue;
    const before = worst.get(v.client);
    const times = v.allowance > 0 ? v.observed / v.allowance : 0;
    if (!before) worst.set(v.client, { ...v, times, first: v.decidedAtMs, last: v.decidedAtMs });
    else Object.assign(before, { first: Math.min(before.first, v.decidedAtMs), last: Math.max(before.last, v.decidedAtMs), ...(times > before.times && { times, observed: v.observed, allowance: v.allowance, horizon: v.horizon }) });
  }
  const rows = [...worst.values()].sort((a, b) => b.times - a.times).slice(0, 20);
  return table('The largest, by how far above its allowance a sender was', [['Sender'], ['Why'], ['Times its allowance', 'n'], ['Tried', 'n'], ['From', 'when'], ['To', 'when']],
    rows.map((v) => [link(v.client), v.reason, v.times.toFixed(1), `${number(v.observed)} / ${span(v.horizon)}`, when(v.first), when(v.last)]), 'None.');
}
