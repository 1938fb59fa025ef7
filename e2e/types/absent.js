// @ts-check
// Fields that a type says are optional, and that some answers do not have. The list of them is absent.json.

import { readFile } from 'node:fs/promises';

import { unchecked } from './literal.js';
import { copyOf, ownersOf } from './objects.js';

/**
 * @import { Body } from './recorder.js'
 * @import { Train } from './trains.js'
 */

/**
 * @typedef {object} Absent
 * @property {string[]} [trains] all of them if not given
 * @property {string} object
 * @property {boolean} [previewed] only in answers that are typed as a preview
 * @property {boolean} [never] no answer has it; otherwise some answer must
 * @property {string[]} paths from the object; `[]` stands for each entry of a list, or of a map
 * @property {string} reason
 */

/** @type {Absent[]} */
const absent = JSON.parse(await readFile(new URL('absent.json', import.meta.url), 'utf8'));

/**
 * The answers with a mark in the place of each field of the list that they lack. An entry of the list that no answer
 * lacks is an error, and so is one that says wrongly whether any answer has the field.
 * @param {Train} train
 * @param {Body[]} bodies
 */
export function withAbsent(train, bodies) {
  const checked = bodies.map((body) => ({ ...body, value: copyOf(body.value) }));
  for (const entry of absent.filter(({ trains }) => trains?.includes(train.name) ?? true)) {
    const own = checked.filter(({ type }) => !entry.previewed || type.startsWith('Previewed'));
    for (const path of entry.paths) {
      const field = `${entry.object} ${path}`;
      const { name, owners } = ownersOf(own.map(({ value }) => value), { object: entry.object, path });
      const lacking = owners.filter((owner) => !(name in owner));
      if (lacking.length === 0) throw new Error(`absent.json: every answer at ${train.name} has ${field}`);
      const hasIt = lacking.length < owners.length;
      if (entry.never && hasIt) throw new Error(`absent.json: an answer at ${train.name} has ${field}`);
      if (!entry.never && !hasIt) throw new Error(`absent.json: no answer at ${train.name} has ${field}`);
      for (const owner of lacking) owner[name] = unchecked;
    }
  }
  return checked;
}
