import { ask, put, remove } from './api.js';
import { volume } from './chart.js';
import { confirm } from './dialog.js';
import { card, date, h, mode, number, share, span, table, when } from './html.js';

const DAY_MS = 86_400_000;

// All that is known of one sender.
export async function sender(page, { signal, rest, again }) {
  const address = decodeURIComponent(rest);
  const path = `/v1/senders/${encodeURIComponent(address)}`;
  let known;
  try {
    known = await ask(path, { signal });
  } catch (e) {
    if (e.status !== 404) throw e;
    page.replaceChildren(h('h1', {}, address), h('p', {}, 'Nothing is known of it: it has sent no mail here lately, and starts as a newcomer.'), actions(address, null, again));
    return null;
  }
  const to = known.asOfMs;
  const [days, hours, verdicts, overrides] = await Promise.all([
    ask(`${path}/history?step=P1D&from=${to - 28 * DAY_MS}`, { signal }), ask(`${path}/history?step=PT1H&from=${to - 2 * DAY_MS}`, { signal }),
    ask(`${path}/verdicts`, { signal }), ask('/v1/overrides', { signal })]);
  const override = overrides.overrides.find((one) => one.target === known.sender || one.target === address);
  const budget = (horizon) => known.budgets && known.budgets.find((one) => one.horizon === horizon);
  page.replaceChildren(...[
    h('h1', {}, known.sender),
    h('p', { class: 'soft' }, known.standing ? `${known.standing} · known since ${date(known.life.firstDay)}, active on ${number(known.life.activeDays)} days · in ` : 'known by connectors alone · in ',
      h('a', { href: `#/network/${known.network}` }, known.network), known.standby ? ` · from a copy${known.lag ? `, ${number(known.lag)} changes behind` : ''}` : ''),
    state(known),
    override ? h('p', {}, h('b', {}, override.action), ` by override until ${when(override.expiresAtMs)}, by ${override.author}: ${override.comment}`) : null,
    actions(address, override, again),
    known.today ? h('div', { class: 'cards' }, card(number(known.today.admitted), 'admitted today'), card(number(known.today.deferred), 'deferred today', known.today.deferred ? 'bad' : ''),
      card(number(known.today.wouldDefer), 'would have been deferred today', known.today.wouldDefer ? 'warn' : ''), card(number(known.today.rejected), 'rejected today')) : null,
    h('h2', {}, 'Four weeks, by the day'), volume('Four weeks by the day', days, budget('1d')),
    h('h2', {}, 'Two days, by the hour'), volume('Two days by the hour', hours, budget('1h')),
    known.budgets ? [h('h2', {}, 'What it may send'), table('Recipients', [['Within'], ['Record', 'n'], ['Allowance', 'n'], ['Free now', 'n']],
      known.budgets.map((b) => [span(b.horizon), number(b.record), number(b.allowance), number(b.freeNow)]), '')] : null,
    known.ramp ? [h('h2', {}, 'The days ahead'), table('If each day uses what it may, spread over eight hours or more', [['Day', 'when'], ['Volume', 'n'], ['An hour', 'n'], ['5 minutes', 'n']],
      known.ramp.slice(0, 10).map((r) => [date(r.date), number(r.volume), number(r.perHour), number(r.perFiveMinutes)]), 'It has no need of a ramp.')] : null,
    h('h2', {}, 'Verdicts of five weeks'), table('The newest first', [['When', 'when'], ['What'], ['Why'], ['Mode'], ['Tried', 'n'], ['Allowed', 'n'], ['Case']],
      verdicts.verdicts.slice(-100).reverse().map((v) => [when(v.decidedAtMs), v.action === 'allow' ? h('span', { class: 'good' }, 'released') : `lets ${share(v.admit)} through`, v.reason, mode(v.mode),
        `${number(v.observed)} / ${span(v.horizon)}`, number(v.allowance), h('a', { href: `/help/${encodeURIComponent(v.case)}` }, v.case)]), 'None: it was never held.'),
  ].flat().filter((part) => part));
  return to;
}

function state(known) {
  const throttles = [known.throttle, ...(known.networkThrottles || [])].filter((one) => one);
  if (throttles.length === 0) return h('p', { class: 'good' }, known.learning ? 'The site is learning; nobody is throttled yet.' : 'Nothing is held against it. Its mail passes.');
  return h('div', {}, throttles.map((t) => h('p', {}, mode(t.mode), ' ', h('b', {}, t.reason), t.network ? ` (newcomers of ${t.network})` : '', `: ${t.meaning} ${share(t.admit)} of its attempts pass; renewed or over by ${when(t.expiresAtMs)}. `,
    h('span', { class: 'soft' }, t.fix))));
}

const TIMES = [['2h', '2 hours'], ['12h', '12 hours'], ['1d', 'a day'], ['7d', 'a week'], ['30d', '30 days']];

export const path = (target) => `/v1/overrides/${target.split('/').map(encodeURIComponent).join('/')}`;

function actions(address, override, again) {
  const write = async (action, title, text) => {
    const given = await confirm(title, text, [{ name: 'for', label: 'For how long', options: TIMES }, { name: 'comment', label: 'Why, for whoever asks later' }], title);
    if (given) { await put(path(address), { action, for: given.for, comment: given.comment }); again(`${address}: ${action} for ${given.for}`); }
  };
  return h('div', { class: 'actions' },
    h('button', { onclick: () => write('allow', 'Let all its mail pass', `Whatever verdicts say of ${address}, edges let its mail pass until the time is over.`).catch(again) }, 'Let it pass …'),
    h('button', { onclick: () => write('throttle', 'Throttle it', `Edges defer all but 1% of what ${address} tries, whatever its record.`).catch(again) }, 'Throttle it …'),
    override ? h('button', { onclick: async () => {
      const given = await confirm('Take the override back', `${override.target} is then judged by its record again.`, [{ name: 'comment', label: 'Why' }], 'Take it back');
      if (given) { await remove(path(override.target), given.comment); again(`the override of ${override.target} is taken back`); }
    } }, 'Take the override back …') : null);
}
