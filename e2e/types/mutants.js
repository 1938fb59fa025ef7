// @ts-check
// Answers with one mistake each, which the compiler must find.

import { copyOf, fieldOf } from './objects.js';

/** @import { Body } from './recorder.js' */

/**
 * @typedef {'too many' | 'missing' | 'of another kind'} Mistake
 * @typedef {object} Mutant
 * @property {Mistake} mistake
 * @property {string} field the innermost object, and the field's path in it
 * @property {(string | number)[]} path where the compiler should find it
 * @property {Body} body
 */

/** Maps whose keys are the shop's own, so that no key is ever missing. */
const openMaps = ['metadata', 'currency_options'];

/**
 * For each field of each object, inside each object that it can be in: an answer without it, one with another
 * field beside it, and one with a value of another kind in it.
 * @param {Body[]} bodies
 * @returns {Mutant[]}
 */
export function mutantsOf(bodies) {
  /** @type {Map<string, Mutant>} */
  const mutants = new Map();
  for (const body of bodies.toSorted((one, other) => sizeOf(one) - sizeOf(other))) {
    for (const path of pathsIn(body.value)) {
      const inner = fieldOf(body.value, path);
      const outer = fieldOf(body.value, path, 1);
      for (const [mistake, value] of mistakesAt(body.value, path)) {
        const id = [mistake, outer.object, outer.path, inner.object].join(' ');
        const place = mistake === 'too many' ? [...path, 'paydesk_extra'] : path;
        const mutant = { mistake, field: `${inner.object} ${inner.path}`, path: place, body: { ...body, value } };
        if (!mutants.has(id)) mutants.set(id, mutant);
      }
    }
  }
  return [...mutants.values()];
}

/**
 * The answer with each mistake that can be made in one field.
 * @param {any} answer
 * @param {(string | number)[]} path
 * @returns {[Mistake, unknown][]}
 */
function mistakesAt(answer, path) {
  const key = path.at(-1);
  // The answer as a whole can only have a field too many.
  if (key === undefined) return [['too many', { paydesk_extra: 1, ...answer }]];
  /** @param {(owner: any) => void} change */
  const changed = (change) => {
    const copy = copyOf(answer);
    change(path.slice(0, -1).reduce((inner, key) => inner[key], copy));
    return copy;
  };
  const value = path.reduce((inner, key) => inner[key], answer);
  /** @type {[Mistake, unknown][]} */
  const mistakes = [];
  if (value !== null && typeof value === 'object') {
    if (!Array.isArray(value)) {
      mistakes.push(['too many', changed((owner) => (owner[key] = { paydesk_extra: 1, ...value }))]);
    }
  } else {
    // No field of an answer is a list of numbers.
    const other = typeof value === 'number' ? 'text' : [1];
    mistakes.push(['of another kind', changed((owner) => (owner[key] = other))]);
  }
  if (typeof key === 'string' && !openMaps.includes(String(path.at(-2)))) {
    mistakes.push(['missing', changed((owner) => delete owner[key])]);
  }
  return mistakes;
}

/** @param {Body} body */
function sizeOf({ value }) {
  return JSON.stringify(value).length;
}

/**
 * @param {unknown} value
 * @param {(string | number)[]} [path]
 * @returns {(string | number)[][]}
 */
function pathsIn(value, path = []) {
  if (value === null || typeof value !== 'object') return [path];
  const isList = Array.isArray(value);
  const inner = Object.entries(value).flatMap(([key, field]) => pathsIn(field, [...path, isList ? Number(key) : key]));
  return [path, ...inner];
}
