// Examples as a person sees them: images as images, rows of a table as rows, other numbers as curves.
import { element } from './page.js';
import * as server from './server.js';
import { lines } from './chart.js';

const LEAST_WIDTH = 168;

export function sizeOf(model) {
  return model.shape.reduce((all, extent) => all * extent, 1);
}

function colour(value) {
  return Math.max(0, Math.min(255, Math.round(value * 255)));
}

function fill(image, model, numbers, offset, left, top) {
  const [channels, height, width] = model.shape;
  const plane = height * width;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = offset + y * width + x;
      const to = 4 * ((top + y) * image.width + left + x);
      image.data[to] = colour(numbers[from]);
      image.data[to + 1] = colour(numbers[from + (channels > 1 ? plane : 0)]);
      image.data[to + 2] = colour(numbers[from + (channels > 1 ? 2 * plane : 0)]);
      image.data[to + 3] = 255;
    }
  }
}

/** Paints images side by side onto a canvas, a pixel for a pixel. */
export function paint(canvas, model, numbers, columns = 1, gap = 2) {
  const [, height, width] = model.shape;
  const count = numbers.length / sizeOf(model);
  const rows = Math.ceil(count / columns);
  canvas.width = columns * width + (columns - 1) * gap;
  canvas.height = rows * height + (rows - 1) * gap;
  const context = canvas.getContext('2d');
  const image = context.createImageData(canvas.width, canvas.height);
  for (let i = 0; i < count; i++) {
    fill(image, model, numbers, i * sizeOf(model), (i % columns) * (width + gap), Math.floor(i / columns) * (height + gap));
  }
  context.putImageData(image, 0, 0);
}

function enlarge(canvas, least) {
  const times = Math.max(1, Math.ceil(least / canvas.width));
  canvas.style.width = `${times * canvas.width}px`;
}

/** A place in which examples of a model are shown; `show` may be called again and again. */
export function place(model, label, { columns = 1, least = LEAST_WIDTH, picked = null } = {}) {
  if (model.kind === 'table') {
    return tablePlace(model, label, picked);
  }
  if (model.kind === 'image') {
    return imagePlace(model, label, columns, least, picked);
  }
  return curvePlace(model, label);
}

function imagePlace(model, label, columns, least, picked) {
  const canvas = element('canvas', { class: 'picture', role: 'img', 'aria-label': label, width: model.shape[2], height: model.shape[1] });
  enlarge(canvas, least);
  let across = columns;
  if (picked) {
    canvas.addEventListener('click', event => {
      const box = canvas.getBoundingClientRect();
      const x = Math.floor((event.clientX - box.left) / box.width * across);
      const rows = Math.max(1, Math.round(canvas.height / (model.shape[1] + 2)));
      const y = Math.floor((event.clientY - box.top) / box.height * rows);
      picked(y * across + x);
    });
  }
  return {
    root: canvas,
    canvas,
    async show(numbers, wanted = columns) {
      across = wanted;
      paint(canvas, model, numbers, wanted);
      enlarge(canvas, least);
    },
  };
}

function curvePlace(model, label) {
  const canvas = element('canvas', { class: 'chart', role: 'img', 'aria-label': label });
  return {
    root: canvas,
    canvas,
    async show(numbers) {
      const size = sizeOf(model);
      const channels = model.shape.length === 2 ? model.shape[0] : 1;
      const length = size / channels;
      const series = [];
      for (let from = 0; from < Math.min(numbers.length, 24 * length); from += length) {
        series.push({ name: `${from / length + 1}`, points: Array.from(numbers.subarray(from, from + length), (y, x) => [x, y]) });
      }
      lines(canvas, series, { legend: series.length > 1 && series.length < 8 });
    },
  };
}

function tablePlace(model, label, picked) {
  const root = element('div', { class: 'scroll', role: 'region', 'aria-label': label, tabindex: 0 });
  return {
    root,
    canvas: null,
    async show(numbers) {
      const { names, rows } = await server.json('cells', { model: model.number }, numbers);
      const head = element('tr', {}, ...names.map(name => element('th', { scope: 'col' }, name)));
      const body = rows.map((cells, row) => element(
        'tr', picked ? { onclick: () => picked(row) } : {}, ...cells.map(cell => element('td', {}, cell))));
      root.replaceChildren(element('table', {}, element('thead', {}, head), element('tbody', {}, ...body)));
    },
  };
}

/** A difference with signs, as a picture: no difference is grey. */
export function signed(numbers, scale = 0) {
  let most = scale;
  if (!most) {
    for (const value of numbers) {
      most = Math.max(most, Math.abs(value));
    }
  }
  return numbers.map(value => 0.5 + (most > 0 ? value / most / 2 : 0));
}
