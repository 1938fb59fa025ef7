// @ts-check
// Fields that a type says are optional, and that some answers do not have. The list of them is absent.json.

import { readFile } from 'node:fs/promises';

import { unchecked } from './literal.js';
import { copyOf, objectsIn } from './objects.js';

/**
 * @import { Body } from './recorder.js'
 * @import { Train } from './trains.js'
 */

/**
 * @typedef {object} Absent
 * @property {string[]} [trains] all of them if not given
 * @property {string} object
 * @property {boolean} [previewed] only in answers that are typed as a preview
 * @property {string[]} paths from the object; `[]` stands for each entry of a list, or of a map
 * @property {string} reason
 */

/** @type {Absent[]} */
const absent = JSON.parse(await readFile(new URL('absent.json', import.meta.url), 'utf8'));

/**
 * The answers with a mark in the place of each field of the list that they lack. An entry of the list that no answer
 * lacks is an error.
 * @param {Train} train
 * @param {Body[]} bodies
 */
export function withAbsent(train, bodies) {
  const checked = bodies.map((body) => ({ ...body, value: copyOf(body.value) }));
  for (const entry of absent.filter(({ trains }) => trains?.includes(train.name) ?? true)) {
    const own = checked
      .filter(({ type }) => !entry.previewed || type.startsWith('Previewed'))
      .flatMap(({ value }) => objectsIn(value))
      .filter(({ object, deleted }) => object === entry.object && !deleted);
    for (const path of entry.paths) {
      const keys = path.split('.');
      const name = keys.pop() ?? '';
      const owners = own
        .flatMap((object) => partsAt(object, keys))
        .filter((owner) => owner && typeof owner === 'object' && !(name in owner));
      if (owners.length === 0) throw new Error(`absent.json: every answer at ${train.name} has ${entry.object} ${path}`);
      for (const owner of owners) owner[name] = unchecked;
    }
  }
  return checked;
}

/**
 * @param {any} object
 * @param {string[]} keys
 * @returns {any[]}
 */
function partsAt(object, keys) {
  return keys.reduce(
    (parts, key) => parts.flatMap((part) => (key === '[]' ? Object.values(part ?? {}) : [part?.[key]])),
    [object],
  );
}
