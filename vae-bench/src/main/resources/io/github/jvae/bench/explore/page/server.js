// What the page asks the program for. Numbers come as four bytes each.

export class Fault extends Error {}

async function answered(path, query, body, signal) {
  const words = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') {
      words.set(name, value);
    }
  }
  let answer;
  try {
    answer = await fetch(`api/${path}?${words}`, {
      method: body ? 'POST' : 'GET',
      body,
      signal,
    });
  } catch (fault) {
    if (fault.name === 'AbortError') {
      throw fault;
    }
    throw new Fault('the program does not answer; it may have ended');
  }
  if (!answer.ok) {
    let sentence = `the program answered ${answer.status}`;
    try {
      sentence = (await answer.json()).error;
    } catch {
      // Of a request that is not admitted nothing is said.
    }
    throw new Fault(sentence);
  }
  return answer;
}

export async function json(path, query = {}, body = null, signal = undefined) {
  return (await answered(path, query, body, signal)).json();
}

export async function floats(path, query = {}, body = null, signal = undefined) {
  return new Float32Array(await (await answered(path, query, body, signal)).arrayBuffer());
}

/** Asks until what the program computes meanwhile is there. */
export async function ready(path, query, signal) {
  for (;;) {
    const answer = await json(path, query, null, signal);
    if (answer.status === 'ready') {
      return answer;
    }
    if (answer.status === 'failed') {
      throw new Fault(answer.error);
    }
    await new Promise(resolve => setTimeout(resolve, 400));
  }
}

/** Does one thing at a time, and of what is asked for meanwhile only the last. */
export class Latest {
  #busy = false;
  #next = null;

  async run(task) {
    this.#next = task;
    if (this.#busy) {
      return;
    }
    this.#busy = true;
    try {
      while (this.#next) {
        const now = this.#next;
        this.#next = null;
        await now();
      }
    } finally {
      this.#busy = false;
    }
  }
}
