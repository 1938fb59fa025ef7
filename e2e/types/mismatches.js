// @ts-check
// Finds every field in which the answers at one version differ from the SDK's types.

import { compile } from './compile.js';
import { unchecked } from './literal.js';
import { copyOf } from './objects.js';

/**
 * @import { CompilerError } from './compile.js'
 * @import { Body } from './recorder.js'
 * @import { Train } from './trains.js'
 */

/**
 * @typedef {object} Mismatch
 * @property {Body} body
 * @property {(string | number)[]} path
 * @property {string} problem
 */

/**
 * @param {Train} train
 * @param {Body[]} bodies
 * @param {string} folder where the module is written
 */
export async function mismatchesOf(train, bodies, folder) {
  // Of several fields too many or missing in one object the compiler names the first. So what was found is put
  // right and the rest compiled again, until there is nothing left.
  const rest = bodies.map((body) => ({ ...body, value: copyOf(body.value) }));
  /** @type {Map<string, Mismatch>} */
  const mismatches = new Map();
  for (;;) {
    const found = understand(await compile(train, rest, folder));
    if (found.length === 0) return [...mismatches.values()];
    for (const { body, path, problem } of found) {
      const place = [body, ...path].join('.');
      if (mismatches.has(place)) throw new Error(`${train.name}: ${path.join('.')} was put right and still ${problem}`);
      mismatches.set(place, { body: bodies[body], path, problem });
      putRight(rest[body], path, problem);
    }
  }
}

const tooMany = 'is not in the type';
const missing = 'is missing';

/**
 * The fields that the compiler's errors are about. What contains a field that is wrong is reported as well, and
 * left out here.
 * @param {CompilerError[]} errors
 */
export function understand(errors) {
  /** @param {CompilerError} error */
  const key = ({ body, path }) => [body, ...path, ''].join('\n');
  const byPlace = new Map(errors.map((error) => [key(error), error]));
  const keys = [...byPlace.keys()];
  const innermost = [...byPlace].filter(([at]) => !keys.some((other) => other !== at && other.startsWith(at)));
  return innermost.flatMap(([, error]) => read(error));
}

/** @param {CompilerError} error */
function read({ body, path, text }) {
  if (text.includes('Object literal may only specify known properties')) return [{ body, path, problem: tooMany }];
  const one = /Property '(.+?)' is missing in type/.exec(text);
  const several = /is missing the following properties from type .+: (.+)$/m.exec(text);
  const names = one ? [one[1]] : several?.[1].replace(/,? and \d+ more\.$/, '').split(', ');
  if (names) return names.map((name) => ({ body, path: [...path, name], problem: missing }));
  const [first] = text.split('\n');
  return [{ body, path, problem: first.replace(/^.*?error TS\d+: /, '') }];
}

/**
 * @param {Body} body
 * @param {(string | number)[]} path
 * @param {string} problem
 */
function putRight(body, path, problem) {
  const last = path.at(-1);
  if (last === undefined) {
    body.value = unchecked;
    return;
  }
  const owner = path.slice(0, -1).reduce((value, key) => value[key], body.value);
  if (problem === tooMany) delete owner[last];
  else owner[last] = unchecked;
}
