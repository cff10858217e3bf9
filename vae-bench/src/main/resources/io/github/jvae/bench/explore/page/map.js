// Where the data's posteriors lie, in a plane.
import * as server from './server.js';
import { attempt, button, choice, element, savePicture, say } from './page.js';
import { place } from './paint.js';
import { PALETTE, fit, ink, shade } from './chart.js';

const SHADES = 24;
const NEAR = 14;
const KEPT = 300;

export function create(page) {
  const model = page.model();
  const canvas = element('canvas', {
    class: 'map',
    tabindex: 0,
    role: 'img',
    'aria-label': 'Map of the posterior means. Arrow keys move it, plus and minus enlarge it, Enter picks the example in the middle.',
  });
  const preview = place(model, 'The example under the pointer');
  const words = element('p', { class: 'quiet' });
  const legend = element('div', { class: 'legend' });
  const about = element('p', {}, 'Point at the map to see an example; click to keep it.');
  const selected = element('div', { class: 'scroll' });
  const look = button('Look at it', () => page.go('example', { index: picked }), { disabled: true });
  const from = button('Walk from it', () => page.go('walk', { from: picked }), { disabled: true });
  const lasso = element('input', { type: 'checkbox', id: 'lasso' });
  const projection = choice('Layout', [['pca', 'principal components'], ['tsne', 't-SNE']], load);
  const colouring = choice('Colour', [['', 'none']], () => {
    colour();
    page.remember();
  });

  let known = null;
  let colours = [];
  let buckets = [];
  let view = { x: 0, y: 0, zoom: 0.92 };
  let picked = null;
  let hovered = null;
  let outline = [];
  let chosen = new Set();
  let scheduled = false;
  const examples = new Map();
  const shown = new server.Latest();

  async function load() {
    known = null;
    say(projection.input.value === 'tsne' ? 'neighbours are being found …' : 'the examples are being encoded …');
    const answer = await server.ready('map', { model: model.number, projection: projection.input.value });
    known = answer;
    say('');
    words.textContent = `${answer.x.length} examples of ${model.data?.words ?? 'the data'}; ${answer.words}`;
    const before = colouring.input.value;
    colouring.input.replaceChildren(
      ...answer.colours.map((one, i) => element('option', { value: i }, one.name)), element('option', { value: '' }, 'none'));
    colouring.input.value = answer.colours[before] ? before : answer.colours.length ? '0' : '';
    chosen = new Set();
    colour();
    page.remember();
  }

  function colour() {
    if (!known) {
      return;
    }
    const by = known.colours[colouring.input.value];
    legend.replaceChildren();
    if (!by) {
      colours = new Array(known.x.length).fill(PALETTE[0]);
    } else if (by.classes) {
      colours = by.values.map(value => PALETTE[value % PALETTE.length]);
      legend.append(...by.classes.map((name, i) => element('span', {}, swatch(PALETTE[i % PALETTE.length]), name)));
    } else {
      const low = Math.min(...by.values);
      const spread = Math.max(...by.values) - low || 1;
      colours = by.values.map(value => shade(Math.round((value - low) / spread * SHADES) / SHADES));
      legend.append(
        element('span', {}, swatch(shade(0)), low.toPrecision(3)), element('span', {}, swatch(shade(1)), (low + spread).toPrecision(3)));
    }
    const sorted = new Map(colours.map(one => [one, []]));
    colours.forEach((one, i) => sorted.get(one).push(i));
    buckets = [...sorted];
    redraw();
  }

  function swatch(fill) {
    const made = element('canvas', { width: 12, height: 12, 'aria-hidden': 'true' });
    const context = made.getContext('2d');
    context.fillStyle = fill;
    context.fillRect(0, 0, 12, 12);
    return made;
  }

  function at(i, width, height) {
    const scale = Math.min(width, height) / 2 * view.zoom;
    return [width / 2 + (known.x[i] - view.x) * scale, height / 2 - (known.y[i] - view.y) * scale];
  }

  function redraw() {
    if (!scheduled) {
      scheduled = true;
      requestAnimationFrame(() => {
        scheduled = false;
        paint();
      });
    }
  }

  function paint() {
    const { context, width, height } = fit(canvas);
    if (!known) {
      return;
    }
    const scale = Math.min(width, height) / 2 * view.zoom;
    const size = Math.max(2, Math.min(7, 2.4 * Math.sqrt(view.zoom)));
    for (const [fill, places] of buckets) {
      context.fillStyle = fill;
      context.globalAlpha = chosen.size ? 0.25 : 0.85;
      for (const i of places) {
        const x = width / 2 + (known.x[i] - view.x) * scale;
        const y = height / 2 - (known.y[i] - view.y) * scale;
        if (x > -size && y > -size && x < width + size && y < height + size) {
          context.fillRect(x - size / 2, y - size / 2, size, size);
        }
      }
    }
    context.globalAlpha = 1;
    for (const i of chosen) {
      const [x, y] = at(i, width, height);
      context.fillStyle = colours[i];
      context.fillRect(x - size / 2, y - size / 2, size, size);
    }
    context.strokeStyle = ink('ink');
    context.lineWidth = 2;
    if (hovered !== null) {
      const [x, y] = at(hovered, width, height);
      context.strokeRect(x - 6, y - 6, 12, 12);
    }
    if (outline.length > 1) {
      context.beginPath();
      outline.forEach(([x, y], i) => (i ? context.lineTo(x, y) : context.moveTo(x, y)));
      context.stroke();
    }
  }

  function nearest(x, y, most = NEAR) {
    let best = null;
    let least = most * most;
    for (let i = 0; i < known.x.length; i++) {
      const [px, py] = at(i, canvas.clientWidth, canvas.clientHeight);
      const distance = (px - x) ** 2 + (py - y) ** 2;
      if (distance < least) {
        least = distance;
        best = i;
      }
    }
    return best;
  }

  async function example(index) {
    if (!examples.has(index)) {
      if (examples.size >= KEPT) {
        examples.delete(examples.keys().next().value);
      }
      examples.set(index, await server.floats('example', { model: model.number, index }));
    }
    return examples.get(index);
  }

  function classOf(i) {
    const by = known.colours[colouring.input.value];
    return by ? `, ${by.name} ${by.classes ? by.classes[by.values[i]] : by.values[i].toPrecision(3)}` : '';
  }

  async function hover(i, keep) {
    hovered = i;
    redraw();
    if (i === null) {
      return;
    }
    const index = known.places[i];
    if (keep) {
      picked = index;
      look.disabled = from.disabled = false;
      page.remember();
    }
    await shown.run(async () => {
      await preview.show(await example(index));
      about.textContent = `example ${index}${classOf(i)}`;
    });
  }

  function inside(x, y) {
    let odd = false;
    for (let i = 0, j = outline.length - 1; i < outline.length; j = i++) {
      const [xi, yi] = outline[i];
      const [xj, yj] = outline[j];
      if (yi > y !== yj > y && x < (xj - xi) * (y - yi) / (yj - yi) + xi) {
        odd = !odd;
      }
    }
    return odd;
  }

  async function select() {
    chosen = new Set();
    for (let i = 0; i < known.x.length; i++) {
      if (inside(...at(i, canvas.clientWidth, canvas.clientHeight))) {
        chosen.add(i);
      }
    }
    outline = [];
    redraw();
    const some = [...chosen].slice(0, 48).map(i => known.places[i]);
    const by = known.colours[colouring.input.value];
    const counts = new Map();
    for (const i of by?.classes ? chosen : []) {
      counts.set(by.classes[by.values[i]], (counts.get(by.classes[by.values[i]]) ?? 0) + 1);
    }
    const text = [...counts].sort((a, b) => b[1] - a[1]).map(([name, count]) => `${name}: ${count}`).join(', ');
    const line = element('p', {}, `${chosen.size} examples selected${text ? ` (${text})` : ''}`);
    if (!some.length) {
      selected.replaceChildren(line);
      return;
    }
    const some8 = place(model, 'Selected examples', { columns: 8, least: 240, picked: i => page.go('example', { index: some[i] }) });
    selected.replaceChildren(line, some8.root);
    await some8.show(await server.floats('example', { model: model.number, index: some.join(',') }), 8);
  }

  let held = null;
  const spot = event => {
    const box = canvas.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };
  canvas.addEventListener('pointerdown', event => {
    canvas.setPointerCapture(event.pointerId);
    held = { from: spot(event), view: { ...view }, moved: false };
    outline = lasso.checked || event.shiftKey ? [spot(event)] : [];
  });
  canvas.addEventListener('pointermove', event => {
    if (!known) {
      return;
    }
    const [x, y] = spot(event);
    if (!held) {
      attempt(() => hover(nearest(x, y), false));
    } else if (outline.length) {
      held.moved = true;
      outline.push([x, y]);
      redraw();
    } else if (held.moved || Math.hypot(x - held.from[0], y - held.from[1]) > 4) {
      held.moved = true;
      const scale = Math.min(canvas.clientWidth, canvas.clientHeight) / 2 * view.zoom;
      view.x = held.view.x - (x - held.from[0]) / scale;
      view.y = held.view.y + (y - held.from[1]) / scale;
      redraw();
    }
  });
  canvas.addEventListener('pointerup', event => {
    const was = held;
    held = null;
    if (!known || !was) {
      return;
    }
    if (outline.length > 2) {
      attempt(select);
    } else if (!was.moved) {
      outline = [];
      attempt(() => hover(nearest(...spot(event)), true));
    }
  });
  canvas.addEventListener('wheel', event => {
    event.preventDefault();
    zoom(Math.exp(-event.deltaY / 400), ...spot(event));
  }, { passive: false });
  canvas.addEventListener('keydown', event => {
    const step = 0.1 / view.zoom;
    const moves = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, step], ArrowDown: [0, -step] };
    if (moves[event.key]) {
      view.x += moves[event.key][0];
      view.y += moves[event.key][1];
    } else if (event.key === '+' || event.key === '-') {
      zoom(event.key === '+' ? 1.25 : 0.8, canvas.clientWidth / 2, canvas.clientHeight / 2);
    } else if (event.key === 'Enter' && known) {
      attempt(() => hover(nearest(canvas.clientWidth / 2, canvas.clientHeight / 2, 1e6), true));
    } else {
      return;
    }
    event.preventDefault();
    redraw();
  });

  function zoom(times, x, y) {
    const scale = () => Math.min(canvas.clientWidth, canvas.clientHeight) / 2 * view.zoom;
    const across = (x - canvas.clientWidth / 2) / scale() + view.x;
    const up = (canvas.clientHeight / 2 - y) / scale() + view.y;
    view.zoom = Math.max(0.3, Math.min(200, view.zoom * times));
    view.x = across - (x - canvas.clientWidth / 2) / scale();
    view.y = up - (canvas.clientHeight / 2 - y) / scale();
    redraw();
  }

  new ResizeObserver(redraw).observe(canvas);

  return {
    title: 'Map',
    root: element('div', {},
      element('div', { class: 'row' }, projection.label, colouring.label,
        element('label', { for: 'lasso' }, lasso, 'select with a lasso (or hold Shift)'),
        button('Whole map', () => {
          view = { x: 0, y: 0, zoom: 0.92 };
          chosen = new Set();
          selected.replaceChildren();
          redraw();
        }),
        button('Save picture', () => savePicture(canvas, 'map.png'))),
      element('div', { class: 'split' },
        element('div', {}, canvas, words, legend),
        element('div', {}, preview.root, about, element('div', { class: 'row' }, look, from), selected))),
    async show(parameters) {
      if (parameters.layout) {
        projection.input.value = parameters.layout;
      }
      if (!known || parameters.layout) {
        await load();
      }
      if (parameters.picked !== undefined && known) {
        const i = known.places.indexOf(Number(parameters.picked));
        await hover(i < 0 ? null : i, true);
      }
      redraw();
    },
    state: () => ({ layout: projection.input.value === 'pca' ? null : projection.input.value, picked }),
  };
}
