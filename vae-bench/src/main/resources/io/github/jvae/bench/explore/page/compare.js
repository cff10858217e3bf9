// Two models, or one on two engines, side by side.
import * as server from './server.js';
import { button, choice, element, field, nats, savePicture } from './page.js';
import { place, signed } from './paint.js';

export function create(page) {
  const options = page.models.map(model => [model.number, `${model.name} (${model.backend})`]);
  const left = choice('Left', options, changed);
  const right = choice('Right', options, changed);
  const what = choice('What', [
    ['sample', 'one latent vector of the left prior'], ['walk', 'the latent vector of Walk'], ['example', 'reconstructions of an example']], changed);
  const number = field('Number', { type: 'number', min: 0, value: 1 }, changed);
  const shown = element('div', { class: 'panes row' });
  const numbers = element('div', {});
  const words = element('p', { class: 'quiet' });
  let places = [];

  const pair = () => [page.models[left.input.value], page.models[right.input.value]];

  function require(fits, sentence) {
    if (!fits) {
      shown.replaceChildren();
      numbers.replaceChildren();
      words.textContent = '';
      throw new Error(sentence);
    }
  }

  async function examples(a, b) {
    const index = Number(number.input.value);
    require(a.data && b.data, 'both models need examples at hand; start the program with --data');
    const rows = [];
    const outputs = [];
    for (const model of [a, b]) {
      const query = { model: model.number, index };
      const mean = (await server.floats('encode', query)).slice(0, model.latent);
      outputs.push(await server.floats('decode', query, mean));
      rows.push(await server.json('score', { ...query, draws: 64 }));
    }
    numbers.replaceChildren(element('table', { class: 'numbers' },
      element('tr', {}, element('td', {}), ...[a, b].map(model => element('th', { scope: 'col' }, model.name))),
      ...[['ELBO', 'elbo'], ['log-likelihood', 'log_likelihood'], ['KL', 'kl'], ['bound by 64 draws', 'bound']].map(([name, key]) => element(
        'tr', {}, element('th', { scope: 'row' }, name), ...rows.map(score => element('td', {}, `${nats(score[key])} nats`))))));
    return outputs;
  }

  async function latents(a, b) {
    require(a.latent === b.latent, `these models have latent vectors of ${a.latent} and ${b.latent} numbers; only what they make of examples can be compared`);
    let z;
    if (what.input.value === 'walk' && page.latents?.length === a.latent) {
      z = page.latents;
    } else {
      z = (await server.floats('sample', { model: a.number, count: 1, seed: number.input.value })).slice(0, a.latent);
    }
    numbers.replaceChildren();
    return Promise.all([a, b].map(model => server.floats('decode', { model: model.number }, z)));
  }

  async function changed() {
    const [a, b] = pair();
    require(a.kind === b.kind && `${a.shape}` === `${b.shape}`, `these models make examples of ${a.shape.join(' x ')} and ${b.shape.join(' x ')}; choose two of the same`);
    const [one, other] = what.input.value === 'example' ? await examples(a, b) : await latents(a, b);
    const difference = one.map((value, i) => other[i] - value);
    let most = 0;
    for (const value of difference) {
      most = Math.max(most, Math.abs(value));
    }
    const panes = [[a.name, one], [b.name, other]];
    if (a.kind !== 'table') {
      panes.push(['Difference, as strong as can be shown', a.kind === 'image' ? signed(difference) : difference]);
    }
    places = panes.map(([caption]) => place(a, caption, { least: 240 }));
    shown.replaceChildren(...panes.map(([caption], i) => element('figure', {}, places[i].root, element('figcaption', {}, caption))));
    await Promise.all(panes.map(([, values], i) => places[i].show(values)));
    words.textContent = `They differ by at most ${most.toPrecision(2)}.`;
    words.dataset.most = most;
    page.remember();
  }

  return {
    title: 'Compare',
    root: element('div', {},
      element('div', { class: 'row' }, left.label, right.label, what.label, number.label,
        button('Save pictures', async () => {
          for (const [i, one] of places.entries()) {
            if (one.canvas) {
              await savePicture(one.canvas, `compare-${i + 1}.png`);
            }
          }
        })),
      shown, words, numbers),
    async show(parameters) {
      left.input.value = parameters.left ?? left.input.value;
      right.input.value = parameters.right ?? (right.input.value === left.input.value ? options.find(([value]) => `${value}` !== left.input.value)[0] : right.input.value);
      what.input.value = parameters.what ?? what.input.value;
      number.input.value = parameters.number ?? number.input.value;
      await changed();
    },
    state: () => ({ left: left.input.value, right: right.input.value, what: what.input.value, number: number.input.value }),
  };
}
