// One example: what the model makes of it, and what it says of how likely it is.
import * as server from './server.js';
import { attempt, button, element, field, nats, savePicture, say } from './page.js';
import { place, signed, sizeOf } from './paint.js';
import { histogram, lines } from './chart.js';
import { told } from './told.js';

const DRAWS = 64;
const MOST_ROUNDS = 400;
const LARGEST_FILE = 50e6;

export function create(page) {
  const model = page.model();
  const index = field('Example', { type: 'number', min: 0, value: 0, max: (model.data?.count ?? 1) - 1 }, () => choose(Number(index.input.value)));
  const file = field('or a file', { type: 'file', accept: 'image/*' }, () => upload(file.input.files[0]));
  const given = told(model, () => (source?.numbers ? look(source.shown) : null));
  const drop = element('div', { class: 'drop row' }, element('span', {}, 'Drop an image here.'), file.label,
    given.labels.length ? element('span', {}, 'The model is told of it:') : null, ...given.labels);
  const panes = {};
  const figures = [];
  for (const [key, words] of [['input', 'Input'], ['output', 'Reconstruction'], ['difference', 'Difference'], ['contributions', 'Share of the score']]) {
    if ((key === 'contributions' && !model.contributions) || (model.kind === 'table' && (key === 'difference' || key === 'contributions'))) {
      continue;
    }
    panes[key] = place(model, words);
    figures.push(element('figure', {}, panes[key].root, element('figcaption', {}, words)));
  }
  const parts = element('ul', {});
  const numbers = element('table', { class: 'numbers' });
  const usual = element('canvas', { class: 'chart', role: 'img', 'aria-label': 'Scores of training examples, with a mark at this one' });
  const usualWords = element('p', { class: 'quiet' });
  const curve = element('canvas', { class: 'chart', role: 'img', 'aria-label': 'Estimates of the log-likelihood as draws are added' });
  const curveWords = element('p', { class: 'quiet', 'aria-live': 'off' });
  const run = button('Go on', toggle);

  // An example of the data by its number, or numbers of a file, as the model sees them.
  let source = null;
  let abort = null;
  let started = false;

  function query() {
    return source.numbers ? { model: model.number, ...given.query() } : { model: model.number, index: source.index };
  }

  async function choose(number) {
    source = { index: number };
    index.input.value = number;
    await look(await server.floats('example', query()));
    page.remember();
  }

  async function upload(chosen) {
    if (!chosen) {
      return;
    }
    if (chosen.size > LARGEST_FILE) {
      throw new Error(`${chosen.name} is larger than 50 MB; choose a smaller picture`);
    }
    let bitmap;
    try {
      bitmap = await createImageBitmap(chosen);
    } catch {
      throw new Error(`${chosen.name} is no picture that this browser can read; choose a PNG or JPEG file`);
    }
    const shown = pixels(bitmap);
    source = { numbers: await server.floats('prepare', { model: model.number }, shown), shown };
    await look(shown);
  }

  /** The middle of a picture in the model's size: what stands out of its aspect is cut off. */
  function pixels(bitmap) {
    const [channels, height, width] = model.shape;
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext('2d');
    const scale = Math.max(width / bitmap.width, height / bitmap.height);
    context.imageSmoothingQuality = 'high';
    context.drawImage(
      bitmap, (width - bitmap.width * scale) / 2, (height - bitmap.height * scale) / 2, bitmap.width * scale, bitmap.height * scale);
    const { data } = context.getImageData(0, 0, width, height);
    const found = new Float32Array(channels * height * width);
    for (let i = 0; i < height * width; i++) {
      const [red, green, blue] = [data[4 * i] / 255, data[4 * i + 1] / 255, data[4 * i + 2] / 255];
      if (channels === 1) {
        found[i] = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
      } else {
        found[i] = red;
        found[height * width + i] = green;
        found[2 * height * width + i] = blue;
      }
    }
    return found;
  }

  async function look(input) {
    stop();
    const body = source.numbers ?? null;
    await panes.input.show(input);
    const mean = (await server.floats('encode', query(), body)).slice(0, model.latent);
    page.latents = mean;
    const output = await server.floats('decode', query(), mean);
    await panes.output.show(output);
    await panes.difference?.show(model.kind === 'image' ? signed(output.map((value, i) => value - input[i])) : output.map((value, i) => value - input[i]));
    const score = await server.json('score', { ...query(), draws: DRAWS }, body);
    numbers.replaceChildren(
      row('ELBO', score.elbo), row('log-likelihood, E log p(x|z)', score.log_likelihood), row('KL', score.kl),
      row(`bound by ${DRAWS} importance-weighted draws`, score.bound));
    if (model.contributions) {
      contributions(await server.floats('contributions', query(), body));
    }
    judge(score);
    estimate();
  }

  function row(name, value) {
    return element('tr', {}, element('th', { scope: 'row' }, name), element('td', { 'data-value': value }, `${nats(value)} nats`));
  }

  function contributions(found) {
    if (model.kind === 'table') {
      parts.replaceChildren(...[...found].map((value, i) => element('li', {}, `column ${i + 1}: ${nats(value)} nats`)));
    } else if (model.kind === 'image') {
      let most = 0;
      for (const value of found) {
        most = Math.max(most, value);
      }
      const size = found.length === sizeOf(model) ? found : new Float32Array(sizeOf(model)).map((_, i) => found[i % found.length]);
      panes.contributions.show(size.map(value => (most > 0 ? Math.max(0, value) / most : 0)));
    } else {
      panes.contributions.show(found);
    }
  }

  async function judge(score) {
    await attempt(async () => {
      try {
        const { scores } = await server.ready('usual', { model: model.number });
        const less = scores.filter(other => other < -score.elbo).length / scores.length;
        histogram(usual, scores, -score.elbo);
        usualWords.textContent = `Minus the ELBO of ${scores.length} training examples, in nats; this one is more anomalous than ${(100 * less).toFixed(0)} % of them.`;
      } catch (fault) {
        usualWords.textContent = fault.message;
      }
    });
  }

  function stop() {
    abort?.abort();
    abort = null;
    run.textContent = 'Go on';
  }

  function toggle() {
    if (!source) {
      say('choose an example first');
    } else if (abort) {
      stop();
    } else {
      estimate();
    }
  }

  /** The mean of all weights so far, from the logarithms of the means of rounds. */
  function added(all, more) {
    const high = Math.max(all.log, more);
    all.log = high === -Infinity ? high : high + Math.log(Math.exp(all.log - high) + Math.exp(more - high));
    all.rounds++;
    return all.log - Math.log(all.rounds);
  }

  /** Adds draws round by round; all rounds have as many, so that their means can be averaged. */
  async function estimate() {
    abort = new AbortController();
    const { signal } = abort;
    run.textContent = 'Stop';
    const body = source.numbers ?? null;
    const sums = { posterior: { log: -Infinity, rounds: 0 }, prior: { log: -Infinity, rounds: 0 } };
    const series = [
      { name: 'draws from the posterior, importance-weighted', points: [] }, { name: 'draws from the prior', points: [] }];
    await attempt(async () => {
      let total = 0;
      for (let round = 1; round <= MOST_ROUNDS && !signal.aborted; round++) {
        const answer = await server.json('estimate', { ...query(), draws: DRAWS, seed: round }, body, signal);
        total += DRAWS;
        series[0].points.push([total, added(sums.posterior, answer.posterior)]);
        series[1].points.push([total, added(sums.prior, answer.prior)]);
        lines(curve, series, { logarithmic: true });
        curveWords.textContent = `log p(x) by ${total} draws, in nats: ${nats(series[0].points.at(-1)[1])} from the posterior, ${nats(series[1].points.at(-1)[1])} from the prior, whose draws hardly ever look like this example.`;
        curve.dataset.draws = total;
      }
    });
    if (abort?.signal === signal) {
      stop();
    }
  }

  for (const name of ['dragover', 'dragleave', 'drop']) {
    drop.addEventListener(name, event => {
      event.preventDefault();
      drop.classList.toggle('over', name === 'dragover');
      if (name === 'drop') {
        attempt(() => upload(event.dataTransfer.files[0]));
      }
    });
  }

  const move = step => () => choose(Math.max(0, Math.min(model.data.count - 1, Number(index.input.value) + step)));

  return {
    title: model.kind === 'table' ? 'A row' : model.kind === 'image' ? 'An image' : 'An example',
    root: element('div', {},
      element('div', { class: 'row' },
        ...(model.data ? [index.label, button('Previous', move(-1)), button('Next', move(1))] : []),
        button('Walk from it', () => page.go('walk', page.latents ? { latents: page.latents } : {})),
        panes.input.canvas ? button('Save pictures', async () => {
          for (const [name, one] of Object.entries(panes)) {
            await savePicture(one.canvas, `${name}.png`);
          }
        }) : null),
      model.kind === 'image' ? drop : null,
      element('div', { class: 'panes row' }, ...figures),
      element('div', { class: 'split' },
        element('div', {}, element('h2', {}, 'What it costs'), numbers, parts,
          element('h2', {}, 'How usual it is'), usual, usualWords),
        element('div', {}, element('h2', {}, 'Two ways to estimate log p(x)'), curve, curveWords, run))),
    async show(parameters) {
      if (parameters.index !== undefined) {
        started = true;
        await choose(Number(parameters.index));
      } else if (!started && model.data) {
        started = true;
        await choose(0);
      } else if (!model.data) {
        say(`there are no examples at hand; ${model.kind === 'image' ? 'drop an image, or ' : ''}start the program with --data`);
      }
    },
    hide: stop,
    state: () => ({ index: source && !source.numbers ? source.index : null }),
  };
}
