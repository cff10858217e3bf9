// Elements, and what is told of the page as a whole.

let numbered = 0;

export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith('on')) {
      made.addEventListener(key.slice(2), value);
    } else if (value === true) {
      made.setAttribute(key, '');
    } else if (value !== false && value !== null && value !== undefined) {
      made.setAttribute(key, value);
    }
  }
  made.append(...children.filter(child => child !== null && child !== undefined));
  return made;
}

export function button(words, action, attributes = {}) {
  return element('button', { type: 'button', onclick: () => attempt(action), ...attributes }, words);
}

/** A labelled input; what it holds is its value. */
export function field(words, attributes, changed) {
  const input = element('input', { id: `field-${++numbered}`, ...attributes });
  if (changed) {
    input.addEventListener('change', () => attempt(changed));
  }
  return { input, label: element('label', { for: input.id }, `${words} `, input) };
}

export function choice(words, options, changed) {
  const select = element('select', { id: `field-${++numbered}` });
  for (const [value, text] of options) {
    select.append(element('option', { value }, text));
  }
  if (changed) {
    select.addEventListener('change', () => attempt(changed));
  }
  return { input: select, label: element('label', { for: select.id }, `${words} `, select) };
}

export function say(sentence) {
  const status = document.getElementById('status');
  status.className = '';
  status.textContent = sentence;
}

export function tell(fault) {
  if (fault.name === 'AbortError') {
    return;
  }
  const status = document.getElementById('status');
  status.className = 'fault';
  status.textContent = fault.message;
}

/** Does what may fail, and says it if it does. */
export async function attempt(action) {
  try {
    await action();
  } catch (fault) {
    tell(fault);
  }
}

export function download(name, blob) {
  const address = URL.createObjectURL(blob);
  const link = element('a', { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

export function savePicture(canvas, name) {
  return new Promise((resolve, reject) => canvas.toBlob(blob => {
    if (!blob) {
      reject(new Error('this picture is too large to be saved'));
      return;
    }
    download(name, blob);
    resolve();
  }));
}

export function nats(value) {
  return Number.isFinite(value) ? value.toFixed(2) : 'unknown';
}

/** Numbers as a short text that a link can hold. */
export function packed(numbers) {
  const bytes = new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
  return btoa(String.fromCharCode(...bytes)).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
}

export function unpacked(text, count) {
  try {
    const bytes = Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), letter => letter.charCodeAt(0));
    const numbers = new Float32Array(bytes.buffer);
    return numbers.length === count && numbers.every(Number.isFinite) ? numbers : null;
  } catch {
    return null;
  }
}

/** A small generator of random numbers (mulberry32), for noise that a link can repeat. */
export function normals(seed) {
  let state = seed >>> 0;
  const uniform = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  return () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
}
