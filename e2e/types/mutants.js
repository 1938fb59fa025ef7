// @ts-check
// Answers with one mistake each, which the compiler must find.

import { copyOf } from './objects.js';

/** @import { Body } from './recorder.js' */

/**
 * @typedef {object} Mutant
 * @property {'too many' | 'missing' | 'of another kind'} mistake
 * @property {string} field its path, without the positions in lists
 * @property {Body} body
 */

/** Maps whose keys are the shop's own, so that no key is ever missing. */
const openMaps = ['metadata', 'currency_options'];

/**
 * For each field there is in some answer of a type: the answer without it, with another beside it, and with a
 * value of another kind in it.
 * @param {Body[]} bodies
 * @returns {Mutant[]}
 */
export function mutantsOf(bodies) {
  /** @type {Map<string, Mutant>} */
  const mutants = new Map();
  for (const body of bodies) {
    for (const path of pathsIn(body.value)) {
      const field = path.map((key) => (typeof key === 'number' ? '[]' : key)).join('.');
      /**
       * @param {Mutant['mistake']} mistake
       * @param {(owner: any, key: string | number) => void} make
       */
      const add = (mistake, make) => {
        const id = `${body.type} ${field} ${mistake}`;
        if (mutants.has(id)) return;
        const holder = { value: copyOf(body.value) };
        const all = ['value', ...path];
        make(all.slice(0, -1).reduce((value, key) => value[key], /** @type {any} */ (holder)), all[all.length - 1]);
        mutants.set(id, { mistake, field: `${body.type} ${field}`, body: { ...body, value: holder.value } });
      };
      const value = path.reduce((inner, key) => inner[key], body.value);
      if (value !== null && typeof value === 'object') {
        if (!Array.isArray(value)) add('too many', (owner, key) => (owner[key] = { paydesk_extra: 1, ...value }));
      } else {
        add('of another kind', (owner, key) => (owner[key] = typeof value === 'number' ? 'text' : 1));
      }
      const isRequired = typeof path.at(-1) === 'string' && !openMaps.includes(String(path.at(-2)));
      if (isRequired) add('missing', (owner, key) => delete owner[key]);
    }
  }
  return [...mutants.values()];
}

/**
 * @param {unknown} value
 * @param {(string | number)[]} [path]
 * @returns {(string | number)[][]}
 */
function pathsIn(value, path = []) {
  if (value === null || typeof value !== 'object') return [path];
  const isList = Array.isArray(value);
  return [path, ...Object.entries(value).flatMap(([key, inner]) => pathsIn(inner, [...path, isList ? Number(key) : key]))];
}
