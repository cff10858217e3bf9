// The page as a whole: which model, which view, and the address that leads back to what is seen.
import * as server from './server.js';
import { attempt, element, say, tell } from './page.js';
import * as map from './map.js';
import * as walk from './walk.js';
import * as draw from './draw.js';
import * as example from './example.js';
import * as compare from './compare.js';
import * as training from './training.js';

const VIEWS = { map, walk, draw, example, compare, training };

const page = {
  models: [],
  training: false,
  latents: null,
  current: null,
  number: 0,
  views: new Map(),

  model() {
    return this.models[this.number];
  },

  /** Shows a view; what it is to show can be given. */
  async go(name, parameters = {}) {
    const offered = [...this.views.keys()];
    const chosen = offered.includes(name) ? name : offered[0];
    if (this.current && this.current !== chosen) {
      this.views.get(this.current).view.hide?.();
    }
    this.current = chosen;
    for (const [key, { tab, panel }] of this.views) {
      const selected = key === chosen;
      tab.setAttribute('aria-selected', selected);
      tab.tabIndex = selected ? 0 : -1;
      panel.hidden = !selected;
    }
    say('');
    await attempt(() => this.views.get(chosen).view.show(parameters));
    this.remember();
  },

  /** Puts into the address what is seen. */
  remember() {
    const state = new URLSearchParams({ view: this.current });
    if (this.number) {
      state.set('model', this.number);
    }
    for (const [name, value] of Object.entries(this.views.get(this.current).view.state?.() ?? {})) {
      if (value !== undefined && value !== null && value !== '') {
        state.set(name, value);
      }
    }
    history.replaceState(null, '', `#${state}`);
  },
};

function offered() {
  const shown = page.training ? ['training'] : [];
  if (page.models.length) {
    shown.push('map', 'walk', 'draw', 'example');
    if (page.models.length > 1) {
      shown.push('compare');
    }
  }
  return shown;
}

function build() {
  for (const { view } of page.views.values()) {
    view.hide?.();
  }
  page.views.clear();
  page.current = null;
  page.latents = null;
  const tabs = document.getElementById('tabs');
  const panels = document.getElementById('views');
  tabs.replaceChildren();
  panels.replaceChildren();
  for (const name of offered()) {
    const view = VIEWS[name].create(page);
    const tab = element('button', {
      type: 'button',
      role: 'tab',
      id: `tab-${name}`,
      'aria-controls': `view-${name}`,
      onclick: () => page.go(name),
      onkeydown: event => moved(event, name),
    }, view.title);
    const panel = element('section', { role: 'tabpanel', id: `view-${name}`, 'aria-labelledby': `tab-${name}`, hidden: true }, view.root);
    tabs.append(tab);
    panels.append(panel);
    page.views.set(name, { view, tab, panel });
  }
}

function moved(event, name) {
  const names = [...page.views.keys()];
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (step) {
    event.preventDefault();
    const next = names[(names.indexOf(name) + step + names.length) % names.length];
    page.go(next).then(() => page.views.get(next).tab.focus());
  }
}

async function learn() {
  const about = await server.json('about');
  page.training = about.training;
  page.models = about.models.map((model, number) => ({ ...model, number }));
  page.number = Math.min(page.number, Math.max(0, page.models.length - 1));
  const select = document.getElementById('model');
  select.replaceChildren(...page.models.map(model => element(
    'option', { value: model.number }, `${model.name}: ${model.model === 'standard' ? model.architecture : model.model}, ${model.latent} latent, ${model.backend}`)));
  select.value = page.number;
  select.hidden = !page.models.length;
  document.querySelector('label[for="model"]').hidden = select.hidden;
  changed();
}

function changed() {
  document.getElementById('reload').hidden = !page.models.some(model => model.outdated);
}

async function restore() {
  const state = new URLSearchParams(location.hash.slice(1));
  const number = Number(state.get('model') ?? 0);
  if (page.models[number]) {
    page.number = number;
    document.getElementById('model').value = number;
  }
  build();
  await page.go(state.get('view'), Object.fromEntries(state));
}

document.getElementById('model').addEventListener('change', event => {
  const view = page.current;
  page.number = Number(event.target.value);
  build();
  page.go(view);
});

document.getElementById('reload').addEventListener('click', () => attempt(async () => {
  const view = page.current;
  for (const model of page.models.filter(one => one.outdated)) {
    await server.json('reload', { model: model.number });
  }
  await learn();
  build();
  await page.go(view);
  say('the changed model is loaded');
}));

document.getElementById('link').addEventListener('click', () => attempt(async () => {
  page.remember();
  await navigator.clipboard.writeText(location.href);
  say('the link to what is seen here is copied; it works while the program runs');
}));

window.addEventListener('hashchange', () => attempt(restore));

// When a training has ended, its model can be explored; a saved one may be trained on meanwhile.
setInterval(async () => {
  try {
    const about = await server.json('about');
    if (about.models.length !== page.models.length) {
      const view = page.current;
      await learn();
      build();
      await page.go(view);
    } else {
      about.models.forEach((model, i) => {
        page.models[i].outdated = model.outdated;
      });
      changed();
    }
  } catch (fault) {
    tell(fault);
  }
}, 5000);

attempt(async () => {
  await learn();
  await restore();
  document.body.dataset.ready = 'true';
});
