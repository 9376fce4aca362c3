import { ask, put, remove } from './api.js';
import { confirm } from './dialog.js';
import { h, link, share, table, when } from './html.js';
import { path } from './sender.js';

const does = (one) => (one.action === 'throttle' ? `lets ${share(one.admit)} through` : one.action === 'planned' ? `${one.volume} recipients a day` : 'passes');

// What operators have said of addresses, and who changed it.
export async function overrides(page, { signal, again }) {
  const [known, changes] = await Promise.all([ask('/v1/overrides', { signal }), ask('/v1/changes?limit=50', { signal })]);
  page.replaceChildren(h('h1', {}, 'Overrides'), h('p', { class: 'soft' }, 'An operator’s word goes before every verdict, for a time. The smallest network that covers a sender counts.'),
    h('div', { class: 'actions' }, h('button', { class: 'main', onclick: () => create(again).catch(again) }, 'New override …')),
    table('In force', [['Target'], ['What'], ['Until', 'when'], ['By'], ['Why'], ['Action']],
      known.overrides.map((one) => [one.target.includes('/') || one.target.startsWith('pool:') ? one.target : link(one.target), does(one), when(one.expiresAtMs), one.author, one.comment,
        h('button', { 'aria-label': `Take back the override of ${one.target}`, onclick: () => takeBack(path(one.target), one.target, again).catch(again) }, 'Take back …')]),
      'No override holds. Verdicts speak for themselves.'),
    h('h2', {}, 'Who changed what'), table('The newest first, connectors too', [['When', 'when'], ['What'], ['Which'], ['By'], ['Why']],
      changes.changes.map((c) => [when(c.atMs), `${c.action} ${c.kind}`, c.key, c.author, c.comment || '']), 'Nothing has been changed yet.'));
  return known.asOfMs;
}

async function create(again) {
  const given = await confirm('New override', null, [{ name: 'target', label: 'Address, network or pool:NAME' }, { name: 'action', label: 'What', options: [['allow', 'its mail passes'], ['throttle', 'all but 1% is deferred']] },
    { name: 'for', label: 'For how long (30m, 12h, 7d)', value: '2d', pattern: '[1-9][0-9]{0,4}[mhd]', hint: 'a number and m, h or d' }, { name: 'comment', label: 'Why' }], 'Write it');
  if (given) { await put(path(given.target.trim()), { action: given.action, for: given.for, comment: given.comment }); again(`${given.target} is overridden`); }
}

async function takeBack(where, name, again) {
  const given = await confirm(`Take back ${name}`, null, [{ name: 'comment', label: 'Why' }], 'Take it back');
  if (given) { await remove(where, given.comment); again(`${name} is taken back`); }
}

const MOST_CHECKED = 50;
const KINDS = { pass: 'good', warn: 'warn', fail: 'bad' };

// What is not as it should be, with what to do; or that all is well.
function found(checks) {
  const worse = checks.filter((check) => check.grade !== 'pass');
  return worse.length === 0 ? h('span', { class: 'good' }, 'pass')
    : h('details', {}, h('summary', { class: KINDS[worse.some((check) => check.grade === 'fail') ? 'fail' : 'warn'] }, `${worse.length} to look at`),
      worse.map((check) => h('p', {}, h('span', { class: KINDS[check.grade] }, check.grade), `: ${check.text}. ${check.fix}`)));
}

// Whom the site trusts.
export async function connectors(page, { signal, again }) {
  const known = await ask('/v1/connectors', { signal });
  const checks = new Map(await Promise.all(known.connectors.slice(0, MOST_CHECKED).map(async ({ name }) => [name, (await ask(`/v1/connectors/${encodeURIComponent(name)}/validation`, { signal })).checks])));
  page.replaceChildren(...[h('h1', {}, 'Connectors'), h('p', { class: 'soft' }, 'Relays and partners that prove who they are by address or certificate. They are not throttled; what they send has a record of its own, which alarms.'),
    known.conflicts.map((text) => h('p', { class: 'warn' }, text)),
    table('In the order of their names', [['Name'], ['Kind'], ['State'], ['Networks'], ['Certificates'], ['Checks'], ['Comment'], ['Action']],
      known.connectors.map((c) => [c.name, c.kind, c.enabled ? h('span', { class: `tag ${c.mode === 'enforce' ? 'good' : 'warn'}` }, c.mode === 'enforce' ? 'in force' : 'test') : h('span', { class: 'tag' }, 'off'),
        (c.clientNetworks || []).join(', ') || '–', [...(c.tlsCertificateNames || []), ...(c.tlsPublicKeyFingerprints || []).map((one) => `${one.slice(0, 14)}…`)].join(', ') || '–', found(checks.get(c.name) || []), c.comment || '',
        h('button', { 'aria-label': `Take back connector ${c.name}`, onclick: () => takeBack(`/v1/connectors/${encodeURIComponent(c.name)}`, c.name, again).catch(again) }, 'Take back …')]),
      'There is no connector. Relays of your own need one before anything is enforced: weir connectors put --help')].flat());
  return known.asOfMs;
}
