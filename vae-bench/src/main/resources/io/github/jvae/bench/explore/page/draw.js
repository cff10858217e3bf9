// Samples: from the prior, or from a sampler that was fitted.
import * as server from './server.js';
import { attempt, button, choice, element, field, savePicture, say } from './page.js';
import { place, sizeOf } from './paint.js';
import { told } from './told.js';

export function create(page) {
  const model = page.model();
  const hierarchy = model.groups.length > 1;
  const levels = [...new Set(model.groups.map(group => group.level))];
  const count = field('How many', { type: 'number', min: 1, max: 400, value: 64 });
  const seed = field('Seed', { type: 'number', min: 0, value: 1 }, drawn);
  const sampler = choice('From', [['', `the prior (${model.prior})`], ...model.samplers.map(type => [type, `sampler ${type}`])], drawn);
  const temperature = field('Temperature', { type: 'range', min: 0, max: 2, step: 0.05, value: 1 }, drawn);
  const heat = element('output', { for: temperature.input.id }, '1');
  const noise = field('draw the pixels too', { type: 'checkbox' }, drawn);
  const given = told(model, drawn);
  const fixes = levels.map(level => field(`keep ${level}`, { type: 'checkbox' }, drawn));
  const heats = levels.map(level => field(`of ${level}`, { type: 'number', min: 0, max: 4, step: 0.05, value: '', placeholder: 'same' }, drawn));
  const shown = place(model, 'Samples', { columns: 8, least: 480, picked });
  const words = element('p', { class: 'quiet' });

  let latents = null;
  let started = false;

  temperature.input.addEventListener('input', () => {
    heat.textContent = temperature.input.value;
  });

  async function picked(i) {
    if (latents && (i + 1) * model.latent <= latents.length) {
      await page.go('walk', { latents: latents.slice(i * model.latent, (i + 1) * model.latent) });
    }
  }

  async function drawn() {
    const fixed = levels.filter((level, i) => fixes[i].input.checked);
    const wanted = Math.max(1, Math.min(400, Number(count.input.value) || 64));
    const query = {
      model: model.number,
      count: wanted,
      seed: seed.input.value,
      sampler: sampler.input.value,
      temperature: temperature.input.value === '1' ? null : temperature.input.value,
      noise: noise.input.checked ? 'yes' : null,
      fix: hierarchy ? fixed.join(',') : null,
      ...given.query(),
    };
    if (hierarchy) {
      levels.forEach((level, i) => {
        query[`temperature.${level}`] = heats[i].input.value;
      });
    }
    const numbers = await server.floats('sample', query);
    latents = numbers.slice(0, wanted * model.latent);
    const columns = Math.ceil(Math.sqrt(wanted));
    await shown.show(numbers.slice(wanted * model.latent, wanted * (model.latent + sizeOf(model))), columns);
    words.textContent = model.kind === 'image' ? 'Click a sample to walk from it.' : '';
    page.remember();
  }

  return {
    title: 'Draw',
    root: element('div', {},
      element('div', { class: 'row' }, count.label, seed.label, sampler.label,
        element('label', { for: temperature.input.id }, 'Temperature ', temperature.input, heat), noise.label, ...given.labels),
      hierarchy ? element('div', { class: 'row' }, 'Levels: ', ...fixes.map(one => one.label)) : null,
      hierarchy ? element('div', { class: 'row' }, 'Temperature ', ...heats.map(one => one.label)) : null,
      element('div', { class: 'row' },
        button('Draw', drawn, { class: 'main' }),
        button('Draw others', () => {
          seed.input.value = Number(seed.input.value) + 1;
          return drawn();
        }),
        button('Save picture', () => (shown.canvas ? savePicture(shown.canvas, 'samples.png') : say('rows of a table are no picture; vae sample writes them')))),
      shown.root, words),
    async show(parameters) {
      for (const [name, { input }] of Object.entries({ seed, count, sampler, temperature })) {
        if (parameters[name] !== undefined) {
          input.value = parameters[name];
        }
      }
      heat.textContent = temperature.input.value;
      if (!started || Object.keys(parameters).length) {
        started = true;
        await attempt(drawn);
      }
    },
    state: () => ({
      seed: seed.input.value,
      count: count.input.value,
      sampler: sampler.input.value,
      temperature: temperature.input.value === '1' ? null : temperature.input.value,
    }),
  };
}
