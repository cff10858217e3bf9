// What a conditional model is told of the examples that it is to make.
import { choice, field } from './page.js';

export function told(model, changed) {
  const inputs = model.conditions.map(condition => {
    const made = condition.classes.length
      ? choice(condition.name, condition.classes.map(name => [name, name]), changed)
      : field(condition.name, { type: 'text', value: new Array(condition.size).fill(0).join(',') }, changed);
    return { name: condition.name, ...made };
  });
  return {
    labels: inputs.map(one => one.label),
    query: () => Object.fromEntries(inputs.map(one => [`given.${one.name}`, one.input.value])),
  };
}
