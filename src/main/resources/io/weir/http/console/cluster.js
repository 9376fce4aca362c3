import { ask } from './api.js';
import { h, number, table } from './html.js';

// How engines and the edge of this process are.
export async function cluster(page, { signal }) {
  const [known, health] = await Promise.all([ask('/v1/cluster', { signal }), ready(signal)]);
  page.replaceChildren(...[h('h1', {}, 'Health'),
    known.unjudged.length ? h('p', { class: 'bad' }, `Nobody judges partitions ${known.unjudged.join(', ')}. Verdicts there run out, and mail passes.`) : h('p', { class: 'good' }, 'Every partition is judged.'),
    table('Engines, this one first', [['Engine'], ['State'], ['Judges', 'n'], ['Copies', 'n'], ['Events waiting', 'n']],
      known.instances.map((one) => [one.address, h('span', { class: `tag ${one.state === 'ready' ? 'good' : 'warn'}` }, one.state), number(one.partitions.filter((p) => p.role === 'judges').length),
        number(one.partitions.filter((p) => p.role === 'copies').length), number(one.partitions.reduce((sum, p) => sum + Math.max(0, p.eventLag), 0))]), 'None.'),
    h('h2', {}, 'This process'), h('dl', {}, Object.entries(health).flatMap(([name, text]) => [h('dt', {}, name), h('dd', {}, String(text))]))]);
  return known.asOfMs;
}

// Not being ready is an answer, too.
async function ready(signal) {
  const response = await fetch('/health/ready', { signal });
  return response.json();
}
