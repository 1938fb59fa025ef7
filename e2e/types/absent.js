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
 * @property {string} path
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
  const objects = checked.flatMap((body) => objectsIn(body.value));
  for (const entry of absent.filter(({ trains }) => trains?.includes(train.name) ?? true)) {
    const path = entry.path.split('.');
    const name = path.pop() ?? '';
    const owners = objects
      .filter(({ object }) => object === entry.object)
      .map((object) => path.reduce((value, key) => value?.[key], object))
      .filter((owner) => owner && typeof owner === 'object' && !(name in owner));
    if (owners.length === 0) throw new Error(`absent.json: every answer at ${train.name} has ${entry.object} ${entry.path}`);
    for (const owner of owners) owner[name] = unchecked;
  }
  return checked;
}
