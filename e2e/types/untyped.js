// @ts-check
// Takes out of the answers what no SDK has a type for. The list of that is untyped.json.

import { readFile } from 'node:fs/promises';

import { unchecked } from './literal.js';
import { copyOf, ownersOf } from './objects.js';

/**
 * @import { Body } from './recorder.js'
 * @import { Train } from './trains.js'
 */

/**
 * @typedef {object} Untyped
 * @property {string[]} [trains] all of them if not given
 * @property {string} object
 * @property {string} path
 * @property {unknown} [value] the value that the type does not know, where it knows the field
 * @property {string} reason
 */

/** @type {Untyped[]} */
const untyped = JSON.parse(await readFile(new URL('untyped.json', import.meta.url), 'utf8'));

/**
 * The answers without the fields that cannot be checked. A field of the list that is in none of them is an error.
 * @param {Train} train
 * @param {Body[]} bodies
 */
export function withoutUntyped(train, bodies) {
  const checked = bodies.map((body) => ({ ...body, value: copyOf(body.value) }));
  for (const entry of untyped.filter(({ trains }) => trains?.includes(train.name) ?? true)) {
    const found = ownersOf(checked.map(({ value }) => value), entry);
    const { name } = found;
    const owners = found.owners.filter(
      (owner) => name in owner && (!('value' in entry) || owner[name] === entry.value),
    );
    if (owners.length === 0) throw new Error(`untyped.json: no answer at ${train.name} has this: ${entry.path}`);
    for (const owner of owners) {
      if ('value' in entry) owner[name] = unchecked;
      else delete owner[name];
    }
  }
  return checked;
}
