// A training while it runs.
import * as server from './server.js';
import { element, nats, say, tell } from './page.js';
import { place, sizeOf } from './paint.js';
import { bars, lines } from './chart.js';

const EVERY = 2000;
const MOST_STEPS = 4000;

export function create() {
  const head = element('p', {});
  const canvas = label => element('canvas', { class: 'chart', role: 'img', 'aria-label': label });
  const charts = {
    elbo: canvas('ELBO by epoch'),
    loss: canvas('Loss by step'),
    parts: canvas('KL and log-likelihood by epoch'),
    kl: canvas('KL of each latent dimension or group'),
    speed: canvas('Examples a second by epoch'),
    memory: canvas('Peak memory by epoch'),
  };
  const figure = (name, words) => element('figure', {}, charts[name], element('figcaption', {}, words));
  const klWords = element('figcaption', {}, 'KL of each latent dimension, in nats');
  const pictures = element('div', { class: 'panes row' });
  const epochs = [];
  let steps = [];
  let version = 0;
  let timer = null;
  let places = null;
  let stale = true;

  async function ask() {
    const course = await server.json('training', { epochs: epochs.length, after: steps.at(-1)?.step ?? 0 });
    epochs.push(...course.epochs);
    steps.push(...course.steps);
    if (steps.length > MOST_STEPS) {
      steps = steps.filter((_, i) => i % 2 === 1);
    }
    paint(course);
    if (course.version > version && !course.table) {
      version = course.version;
      await show(course);
    }
    return !course.ended;
  }

  function paint(course) {
    const last = epochs.at(-1);
    const all = course.all_epochs ?? 0;
    head.textContent = `${course.ended ? `training has ended (${course.ended})` : 'training'}: step ${course.step}, ${epochs.length ? `epoch ${last.epoch} of ${all} done` : `no epoch of ${all} done yet`}`
      + `${last?.validation ? `, ${course.judged_on} ELBO ${nats(last.validation.elbo)} nats/example` : ''}${last ? `, ${last.images_per_second.toFixed(0)} examples/s` : ''}`;
    const by = (name, part, key) => ({ name, points: epochs.filter(epoch => epoch[part]).map(epoch => [epoch.epoch, epoch[part][key]]) });
    if (document.hidden) {
      stale = true;
      return;
    }
    const whole = stale || course.epochs.length > 0;
    stale = false;
    lines(charts.loss, [{ name: 'loss', points: steps.map(step => [step.step, step.loss]) }], { legend: false });
    // To paint takes of what the training computes with.
    if (!whole) {
      return;
    }
    lines(charts.elbo, [by('training', 'train', 'elbo'), by(course.judged_on ?? 'validation', 'validation', 'elbo'), by('averaged weights', 'average', 'elbo')].filter(one => one.points.length), { whole: true });
    lines(charts.parts, [by('KL', 'validation', 'kl')], { legend: false, whole: true });
    lines(charts.speed, [{ name: 'examples/s', points: epochs.map(epoch => [epoch.epoch, epoch.images_per_second]) }], { legend: false, whole: true });
    lines(charts.memory, [{ name: 'MiB', points: epochs.map(epoch => [epoch.epoch, epoch.peak_rss_mb ?? NaN]) }], { legend: false, whole: true });
    const known = epochs.findLast(epoch => epoch.kl_per_dimension?.length);
    if (known) {
      bars(charts.kl, [...known.kl_per_dimension].sort((a, b) => b - a));
      klWords.textContent = `KL of each latent dimension after epoch ${known.epoch}, in nats, the largest first`;
    } else if (last?.validation?.groups) {
      const groups = Object.entries(last.validation.groups);
      bars(charts.kl, groups.map(([, kl]) => kl));
      klWords.textContent = `KL of each latent group, in nats: ${groups.map(([name, kl]) => `${name} ${kl.toFixed(1)}`).join(', ')}`;
    }
  }

  async function show(course) {
    const numbers = await server.floats('pictures');
    const model = { shape: course.shape, kind: course.shape.length === 3 ? 'image' : 'numbers', number: 0 };
    const size = sizeOf(model);
    const parts = [
      ['Examples', course.reconstructions], ['Their reconstructions', course.reconstructions], ['Samples', course.samples]];
    if (!places) {
      places = parts.map(([words]) => place(model, words, { columns: 8, least: 320 }));
      pictures.replaceChildren(...parts.map(([words], i) => element('figure', {}, places[i].root, element('figcaption', {}, words))));
    }
    let from = 0;
    for (const [i, [, count]] of parts.entries()) {
      await places[i].show(numbers.slice(from, from + count * size), Math.min(8, count));
      from += count * size;
    }
  }

  document.addEventListener('visibilitychange', () => {
    if (!document.hidden && timer === 0) {
      watch();
    }
  });

  async function watch() {
    let goes = true;
    try {
      goes = await ask();
    } catch (fault) {
      tell(fault);
    }
    if (timer !== null) {
      timer = goes ? setTimeout(watch, EVERY) : 0;
    }
  }

  return {
    title: 'Training',
    root: element('div', {},
      head, pictures,
      element('div', { class: 'split' },
        element('div', {}, figure('elbo', 'ELBO by epoch, nats/example'), figure('loss', 'loss by step, nats/example')),
        element('div', {}, figure('parts', 'KL by epoch, nats/example'), element('figure', {}, charts.kl, klWords))),
      element('div', { class: 'split' }, figure('speed', 'examples a second'), figure('memory', 'peak memory of the program, MiB'))),
    async show() {
      stale = true;
      if (timer === null) {
        timer = 0;
        await watch();
      }
      say('');
    },
    hide() {
      clearTimeout(timer);
      timer = null;
    },
  };
}
