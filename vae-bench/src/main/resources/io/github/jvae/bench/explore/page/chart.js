// Curves, bars and histograms on a canvas, in the page's own colours.

export const PALETTE = [
  '#0072b2', '#d55e00', '#009e73', '#cc79a7', '#8a6d00', '#56b4e9', '#7a4fd0', '#a0522d', '#5a8f00', '#e0457b',
];

const MARGIN = { left: 62, right: 12, top: 10, bottom: 26 };
const LINE = 18;

export function ink(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

/** From dark blue to yellow, for numbers from 0 to 1. */
export function shade(share) {
  const stops = [[68, 1, 84], [59, 82, 139], [33, 145, 140], [94, 201, 98], [253, 231, 37]];
  const at = Math.max(0, Math.min(1, share)) * (stops.length - 1);
  const low = Math.min(stops.length - 2, Math.floor(at));
  const mixed = stops[low].map((value, i) => Math.round(value + (at - low) * (stops[low + 1][i] - value)));
  return `rgb(${mixed.join(' ')})`;
}

/** Fits the canvas to its place; returns what draws in pixels of the page. */
export function fit(canvas) {
  const ratio = window.devicePixelRatio || 1;
  const width = canvas.clientWidth || 480;
  const height = canvas.clientHeight || 240;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const context = canvas.getContext('2d');
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  return { context, width, height };
}

function ticks(low, high) {
  const step = 10 ** Math.floor(Math.log10((high - low) / 3));
  const wide = [1, 2, 5, 10].map(times => times * step).find(one => (high - low) / one <= 5) ?? 10 * step;
  const found = [];
  for (let value = Math.ceil(low / wide) * wide; value <= high + wide * 1e-9; value += wide) {
    found.push(Math.abs(value) < wide * 1e-9 ? 0 : value);
  }
  return found;
}

function text(value) {
  return Math.abs(value) >= 1e5 || (value !== 0 && Math.abs(value) < 1e-3) ? value.toExponential(1) : `${+value.toPrecision(6)}`;
}

function axes({ context, width, height }, x, y) {
  context.font = '12px system-ui, sans-serif';
  context.fillStyle = ink('quiet');
  context.strokeStyle = ink('line');
  context.textAlign = 'right';
  context.textBaseline = 'middle';
  for (const value of ticks(...y.range)) {
    context.beginPath();
    context.moveTo(MARGIN.left, y.at(value));
    context.lineTo(width - MARGIN.right, y.at(value));
    context.stroke();
    context.fillText(text(value), MARGIN.left - 6, y.at(value));
  }
  context.textAlign = 'center';
  context.textBaseline = 'top';
  for (const value of ticks(...x.range)) {
    context.fillText(x.words ? x.words(value) : text(value), x.at(value), height - MARGIN.bottom + 6);
  }
}

function scale(low, high, from, to) {
  const spread = high > low ? high - low : Math.max(1e-9, Math.abs(low) || 1);
  const bottom = high > low ? low : low - spread / 2;
  return { range: [bottom, bottom + spread], at: value => from + (value - bottom) / spread * (to - from) };
}

/** Series of points [x, y]; what is not finite is left out. */
export function lines(canvas, series, { legend = true, logarithmic = false, whole = false } = {}) {
  const place = fit(canvas);
  const shown = series
    .map(one => ({
      ...one,
      points: one.points
        .filter(([x, y]) => Number.isFinite(x) && Number.isFinite(y) && (!logarithmic || x > 0))
        .map(([x, y]) => [logarithmic ? Math.log10(x) : x, y]),
    }))
    .filter(one => one.points.length);
  if (!shown.length) {
    return;
  }
  const all = shown.flatMap(one => one.points);
  const lowest = index => all.reduce((least, point) => Math.min(least, point[index]), Infinity);
  const highest = index => all.reduce((most, point) => Math.max(most, point[index]), -Infinity);
  const x = scale(lowest(0), highest(0), MARGIN.left, place.width - MARGIN.right);
  // Above the curves and not over them.
  const top = MARGIN.top + (legend ? LINE * shown.length : 0);
  const y = scale(lowest(1), highest(1), place.height - MARGIN.bottom, top);
  if (whole) {
    x.words = value => (Number.isInteger(value) ? text(value) : '');
  }
  if (logarithmic) {
    x.words = value => (Number.isInteger(value) ? text(10 ** value) : '');
  }
  axes(place, x, y);
  const { context } = place;
  shown.forEach((one, i) => {
    context.strokeStyle = context.fillStyle = one.colour ?? PALETTE[i % PALETTE.length];
    context.lineWidth = 2;
    context.beginPath();
    one.points.forEach(([across, up], at) => {
      if (at) {
        context.lineTo(x.at(across), y.at(up));
      } else {
        context.moveTo(x.at(across), y.at(up));
      }
    });
    context.stroke();
    if (one.points.length === 1) {
      context.fillRect(x.at(one.points[0][0]) - 3, y.at(one.points[0][1]) - 3, 6, 6);
    }
    if (legend) {
      context.textAlign = 'left';
      context.textBaseline = 'top';
      context.fillRect(MARGIN.left + 8, 9 + LINE * i, 12, 4);
      context.fillStyle = ink('ink');
      context.fillText(one.name, MARGIN.left + 26, 4 + LINE * i);
    }
  });
}

/** Bars from 0, one for each value. */
export function bars(canvas, values, { colours = null } = {}) {
  const place = fit(canvas);
  if (!values.length) {
    return;
  }
  const x = scale(0, values.length, MARGIN.left, place.width - MARGIN.right);
  const y = scale(0, Math.max(1e-9, ...values), place.height - MARGIN.bottom, MARGIN.top);
  axes(place, x, y);
  values.forEach((value, i) => {
    place.context.fillStyle = colours ? colours[i] : PALETTE[0];
    const left = x.at(i);
    place.context.fillRect(left, y.at(value), Math.max(1, x.at(i + 1) - left - 1), y.at(0) - y.at(value));
  });
}

/** How numbers are spread, with a mark at one. */
export function histogram(canvas, values, mark) {
  const place = fit(canvas);
  const low = Math.min(...values, mark);
  const high = Math.max(...values, mark);
  const counts = new Array(40).fill(0);
  const width = (high - low || 1) / counts.length;
  values.forEach(value => counts[Math.min(counts.length - 1, Math.floor((value - low) / width))]++);
  const x = scale(low, low + width * counts.length, MARGIN.left, place.width - MARGIN.right);
  const y = scale(0, Math.max(...counts), place.height - MARGIN.bottom, MARGIN.top);
  axes(place, x, y);
  const { context } = place;
  context.fillStyle = PALETTE[0];
  counts.forEach((count, i) => {
    const left = x.at(low + i * width);
    context.fillRect(left, y.at(count), Math.max(1, x.at(low + (i + 1) * width) - left - 1), y.at(0) - y.at(count));
  });
  context.strokeStyle = PALETTE[1];
  context.lineWidth = 3;
  context.beginPath();
  context.moveTo(x.at(mark), MARGIN.top);
  context.lineTo(x.at(mark), place.height - MARGIN.bottom);
  context.stroke();
}
