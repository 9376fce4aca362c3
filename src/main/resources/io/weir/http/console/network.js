import { ask } from './api.js';
import { card, h, link, mode, number, share, span, table } from './html.js';

// The newcomers of a network, who share a budget.
export async function network(page, { signal, rest }) {
  const known = await ask(`/v1/networks/${rest}`, { signal });
  const together = known.newcomers;
  page.replaceChildren(...[
    h('h1', {}, known.network),
    h('div', { class: 'cards' }, card(number(known.active), 'senders seen lately'), card(number(known.established), 'of them established'), card(number(known.newSendersToday), 'new today')),
    h('p', {}, known.vouches ? 'Enough of its senders are established to vouch for newcomers.' : 'Its senders do not vouch for newcomers: too few are established.'),
    together && together.throttle ? h('p', {}, mode(together.throttle.mode), ' ', h('b', {}, together.throttle.reason), `: ${together.throttle.meaning} ${share(together.throttle.admit)} of newcomers' attempts pass.`)
      : h('p', { class: 'good' }, 'Its newcomers are within their budget.'),
    together ? [h('h2', {}, 'What its newcomers may send together'), table('Recipients', [['Within'], ['Record', 'n'], ['Allowance', 'n'], ['Free now', 'n']],
      together.budgets.map((b) => [span(b.horizon), number(b.record), number(b.allowance), number(b.freeNow)]), '')] : null,
    known.spared.length ? [h('h2', {}, 'Spared by a verdict on it'), table('Senders with a record of their own', [['Sender']], known.spared.slice(0, 256).map((one) => [link(one)]), '')] : null,
  ].flat().filter((part) => part));
  return known.asOfMs;
}
