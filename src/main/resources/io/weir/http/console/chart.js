import { h, number } from './html.js';

const DAY_MS = 86_400_000;

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });
const hour = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: 'UTC' });

const compact = new Intl.NumberFormat('en', { notation: 'compact' });

// Bars of what was tried, in front of them what was let in, and lines for what is usual and what is allowed.
export function volume(title, history, lines) {
  const points = everyStep(history);
  const box = h('div', {});
  const figure = h('figure', { class: 'chart', role: 'img', 'aria-label': summary(title, points) },
    h('ul', { class: 'legend', 'aria-hidden': 'true' },
      h('li', { class: 'in' }, h('i'), 'admitted'), h('li', { class: 'out' }, h('i'), 'deferred, or would be'),
      lines && h('li', { class: 'record' }, h('i'), `record ${number(lines.record)}`),
      lines && h('li', { class: 'allowance' }, h('i'), `allowance ${number(lines.allowance)}`)), box);
  queueMicrotask(() => draw(box, points, history.stepMs, lines));
  return figure;
}

// Steps without mail are not told: they are drawn as such.
function everyStep({ points, fromMs, toMs, stepMs }) {
  const told = new Map(points.map((point) => [point.atMs, point]));
  const all = [];
  for (let atMs = Math.ceil(fromMs / stepMs) * stepMs; atMs <= toMs; atMs += stepMs) {
    all.push(told.get(atMs) || { atMs, admitted: 0, deferred: 0, wouldDefer: 0 });
  }
  return all;
}

// A day by its date, and so is midnight among hours.
function name(ms, stepMs) {
  return ms % DAY_MS === 0 || stepMs >= DAY_MS ? day.format(ms) : hour.format(ms);
}

function summary(title, points) {
  const sum = (of) => number(points.reduce((total, point) => total + of(point), 0));
  return `${title}: ${sum((p) => p.admitted)} recipients admitted, ${sum((p) => p.deferred + p.wouldDefer)} deferred or in shadow to be deferred`;
}

function draw(box, points, stepMs, lines) {
  const flat = (value) => points.map(() => value);
  const data = [points.map((p) => p.atMs / 1000), points.map((p) => p.admitted + p.deferred), points.map((p) => p.admitted - p.wouldDefer),
    flat(lines ? lines.record : null), flat(lines ? lines.allowance : null)];
  const bars = uPlot.paths.bars({ size: [0.8, 60], align: 1 });
  const axis = { stroke: colour('--soft'), grid: { stroke: colour('--line'), width: 1 }, ticks: { stroke: colour('--line') } };
  const line = (name) => ({ stroke: colour(name), width: 1.5, dash: name === '--record' ? [6, 4] : [], points: { show: false } });
  const size = () => ({ width: Math.max(260, box.clientWidth), height: 240 });
  const plot = new uPlot({
    ...size(), legend: { show: false }, cursor: { show: false }, tzDate: (s) => uPlot.tzDate(new Date(s * 1000), 'UTC'),
    scales: { x: { range: (u, min, max) => [min, max + stepMs / 1000] }, y: { range: (u, min, max) => [0, Math.max(1, max * 1.08)] } },
    axes: [{ ...axis, values: (u, ticks) => ticks.map((tick) => name(tick * 1000, stepMs)) }, { ...axis, size: 60, values: (u, ticks) => ticks.map((tick) => compact.format(tick)) }],
    series: [{}, { fill: colour('--bar-out'), stroke: colour('--bar-out'), width: 0, paths: bars, points: { show: false } },
      { fill: colour('--bar-in'), stroke: colour('--bar-in'), width: 0, paths: bars, points: { show: false } }, line('--record'), line('--allowance')],
  }, data, box);
  new ResizeObserver(() => plot.setSize(size())).observe(box.parentElement);
}
