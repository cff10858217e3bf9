// A latent vector, moved by hand.
import * as server from './server.js';
import { attempt, button, choice, element, field, packed, savePicture, say, unpacked } from './page.js';
import { place } from './paint.js';
import { bars } from './chart.js';
import { told } from './told.js';

const REACH = 4;
const FOLDED = 40;
const LONGEST_LINK = 300;
const STEPS = 9;
const FRAMES = 48;

export function create(page) {
  const model = page.model();
  const picture = place(model, 'What the model makes of the latent vector', { least: 280 });
  const given = told(model, () => {
    example = null;
    return refresh();
  });
  const columns = element('div', { class: 'panes' });
  const active = element('div', { class: 'sliders', role: 'group', 'aria-label': 'Latent dimensions, those that hold most first' });
  const folded = element('div', { class: 'sliders', role: 'group', 'aria-label': 'Inactive latent dimensions' });
  const fold = element('details', {}, element('summary', {}, 'Dimensions that hold nothing'), folded);
  const path = field('Path from A to B', { type: 'range', min: 0, max: 1, step: 0.01, value: 0, disabled: true });
  const play = button('Play', playPath, { disabled: true });
  const index = field('Example', { type: 'number', min: 0, value: 0, max: (model.data?.count ?? 1) - 1 });
  const seed = field('Seed', { type: 'number', min: 0, value: 1 });
  const across = choice('across', []);
  const down = choice('down', []);
  const grid = element('div', { class: 'scroll' });

  let z = new Float32Array(model.latent);
  let example = null;
  let order = null;
  let anchors = { a: null, b: null };
  let gridPlace = null;
  const sliders = new Map();
  const latest = new server.Latest();

  function query() {
    // What an example was told stands until something else is chosen.
    return { model: model.number, ...(example !== null && model.conditions.length ? { index: example } : given.query()) };
  }

  async function decode() {
    const numbers = await server.floats('decode', query(), z);
    await picture.show(numbers);
    if (model.kind === 'table') {
      distributions(await server.json('distributions', query(), z));
    }
  }

  function refresh(started = performance.now()) {
    page.latents = z;
    return attempt(() => latest.run(async () => {
      await decode();
      performance.measure('slider to picture', { start: started });
      if (performance.getEntriesByName('slider to picture').length > 500) {
        performance.clearMeasures('slider to picture');
      }
    }));
  }

  function distributions(answer) {
    columns.replaceChildren(...answer.columns.map(column => {
      const canvas = element('canvas', { class: 'chart', role: 'img', 'aria-label': `Distribution of ${column.name}` });
      const words = column.quantiles
        ? `${column.name}: half lies from ${column.quantiles[1].toPrecision(4)} to ${column.quantiles[3].toPrecision(4)}, in the middle ${column.quantiles[2].toPrecision(4)}`
        : `${column.name}: ${column.categories.map((name, i) => `${name} ${(100 * column.shares[i]).toFixed(0)} %`).join(', ')}`;
      if (column.shares) {
        queueMicrotask(() => bars(canvas, column.shares));
      }
      return element('figure', {}, column.shares ? canvas : null, element('figcaption', {}, words));
    }));
  }

  function slider(dimension, kl) {
    const input = element('input', {
      type: 'range', min: -REACH, max: REACH, step: 0.01, id: `z-${dimension}`,
      oninput: event => {
        z[dimension] = Number(event.target.value);
        value.textContent = z[dimension].toFixed(2);
        refresh(event.timeStamp);
      },
      onchange: () => page.remember(),
    });
    const value = element('output', { for: input.id });
    sliders.set(dimension, { input, value });
    return element('div', { class: 'slider' },
      element('label', { for: input.id }, `z${dimension}${kl === undefined ? '' : ` (${kl.toFixed(2)})`}`), input, value);
  }

  function follow() {
    for (const [dimension, { input, value }] of sliders) {
      const reach = Math.max(REACH, Math.ceil(Math.abs(z[dimension])));
      input.min = -reach;
      input.max = reach;
      input.value = z[dimension];
      value.textContent = z[dimension].toFixed(2);
    }
  }

  async function dimensions() {
    let variances = null;
    let kl = null;
    try {
      const answer = await server.ready('activity', { model: model.number });
      variances = answer.variances;
      kl = answer.kl.length ? answer.kl : null;
    } catch (fault) {
      say(`dimensions are in the model's own order: ${fault.message}`);
    }
    const all = [...z.keys()];
    const worth = kl ?? variances;
    order = worth ? all.sort((a, b) => worth[b] - worth[a]) : all;
    const used = variances ? order.filter(dimension => variances[dimension] > 0.01) : order;
    const shown = (used.length ? used : order).slice(0, 4 * FOLDED);
    active.replaceChildren(...shown.map(dimension => slider(dimension, kl?.[dimension])));
    const rest = order.filter(dimension => !shown.includes(dimension)).slice(0, FOLDED);
    folded.replaceChildren(...rest.map(dimension => slider(dimension, kl?.[dimension])));
    fold.hidden = !rest.length;
    for (const select of [across.input, down.input]) {
      select.replaceChildren(...shown.map(dimension => element('option', { value: dimension }, `z${dimension}`)));
    }
    down.input.value = shown[Math.min(1, shown.length - 1)];
    follow();
  }

  async function set(vector) {
    z = vector;
    follow();
    await refresh();
    page.remember();
  }

  async function fromExample() {
    const chosen = Number(index.input.value);
    const encoded = await server.floats('encode', { model: model.number, index: chosen });
    example = chosen;
    await set(encoded.slice(0, model.latent));
  }

  async function fromPrior() {
    const answer = await server.floats('sample', { model: model.number, count: 1, seed: seed.input.value, ...given.query() });
    example = null;
    await set(answer.slice(0, model.latent));
  }

  function anchor(name) {
    anchors[name] = Float32Array.from(z);
    const both = anchors.a && anchors.b;
    path.input.disabled = play.disabled = !both;
    say(both ? 'both anchors are set; move along the path' : `anchor ${name.toUpperCase()} is set`);
  }

  function between(share) {
    return anchors.a.map((value, i) => value + share * (anchors.b[i] - value));
  }

  path.input.addEventListener('input', event => {
    z = between(Number(path.input.value));
    follow();
    refresh(event.timeStamp);
  });

  async function playPath() {
    const all = new Float32Array(FRAMES * model.latent);
    for (let i = 0; i < FRAMES; i++) {
      all.set(between(i / (FRAMES - 1)), i * model.latent);
    }
    const numbers = await server.floats('decode', query(), all);
    const size = numbers.length / FRAMES;
    for (let i = 0; i < FRAMES; i++) {
      await new Promise(requestAnimationFrame);
      await picture.show(numbers.subarray(i * size, (i + 1) * size));
    }
    path.input.value = 1;
    await set(between(1));
  }

  async function showGrid(vectors, columnsWanted, caption) {
    const all = new Float32Array(vectors.length * model.latent);
    vectors.forEach((vector, i) => all.set(vector, i * model.latent));
    gridPlace = place(model, caption, {
      columns: columnsWanted,
      least: 420,
      picked: i => vectors[i] && attempt(() => set(Float32Array.from(vectors[i]))),
    });
    grid.replaceChildren(element('figure', {}, gridPlace.root, element('figcaption', {}, caption)));
    await gridPlace.show(await server.floats('decode', query(), all), columnsWanted);
  }

  const at = step => (2 * step / (STEPS - 1) - 1) * 2.5;

  function overTwo() {
    const [x, y] = [Number(across.input.value), Number(down.input.value)];
    const vectors = [];
    for (let row = 0; row < STEPS; row++) {
      for (let column = 0; column < STEPS; column++) {
        const vector = Float32Array.from(z);
        vector[x] = at(column);
        vector[y] = at(row);
        vectors.push(vector);
      }
    }
    return showGrid(vectors, STEPS, `z${x} across and z${y} down, from ${at(0)} to ${at(STEPS - 1)}; all others as they are`);
  }

  function traversals() {
    const vectors = [];
    const shown = order.slice(0, 10);
    for (const dimension of shown) {
      for (let column = 0; column < STEPS; column++) {
        const vector = Float32Array.from(z);
        vector[dimension] = at(column);
        vectors.push(vector);
      }
    }
    return showGrid(vectors, STEPS, `in each row one dimension goes from ${at(0)} to ${at(STEPS - 1)}: ${shown.map(one => `z${one}`).join(', ')}`);
  }

  return {
    title: 'Walk',
    root: element('div', {},
      element('div', { class: 'row' },
        model.data ? index.label : null,
        model.data ? button('Start from it', fromExample) : null,
        seed.label, button('Start from the prior', fromPrior), ...given.labels),
      element('div', { class: 'split' },
        element('div', {}, picture.root, columns,
          element('div', { class: 'row' },
            button('Set anchor A', () => anchor('a')), button('Set anchor B', () => anchor('b')), path.label, play,
            picture.canvas ? button('Save picture', () => savePicture(picture.canvas, 'walk.png')) : null)),
        element('div', {}, element('h2', {}, 'Latent dimensions, by KL in nats'), active, fold)),
      element('h2', {}, 'Around this place'),
      element('div', { class: 'row' }, across.label, down.label, button('Grid over both', overTwo), button('Traverse each dimension', traversals),
        button('Save grid', () => (gridPlace?.canvas ? savePicture(gridPlace.canvas, 'grid.png') : say('there is no grid yet')))),
      grid),
    async show(parameters) {
      if (!order) {
        await dimensions();
      }
      const vector = parameters.z ? unpacked(parameters.z, model.latent) : null;
      if (vector) {
        await set(vector);
      } else if (parameters.latents) {
        example = null;
        await set(Float32Array.from(parameters.latents));
      } else if (parameters.from !== undefined) {
        index.input.value = parameters.from;
        await fromExample();
      } else if (page.latents && page.latents.length === model.latent) {
        await set(Float32Array.from(page.latents));
      } else if (model.data) {
        await fromExample();
      } else {
        await fromPrior();
      }
    },
    state: () => ({ z: model.latent <= LONGEST_LINK ? packed(z) : null, from: model.latent > LONGEST_LINK ? example : null }),
  };
}
