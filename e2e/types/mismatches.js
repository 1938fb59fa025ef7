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
 * @param {string} folder
 */
export async function mismatchesOf(train, bodies, folder) {
  // Of several fields too many or missing in one object the compiler names the first. So what was found is put
  // right and the rest compiled again, until there is nothing left.
  const rest = bodies.map((body) => ({ ...body, value: copyOf(body.value) }));
  /** @type {Mismatch[]} */
  const mismatches = [];
  for (;;) {
    const errors = innermost(await compile(train, rest, folder));
    if (errors.length === 0) return mismatches;
    for (const error of errors) {
      for (const { path, problem } of read(error)) {
        const body = bodies[error.body];
        const isAgain = mismatches.some((known) => known.body === body && known.path.join() === path.join());
        if (isAgain) throw new Error(`${train.name}: put right, but still an error: ${error.text}`);
        mismatches.push({ body, path, problem });
        putRight(rest[error.body], path, problem);
      }
    }
  }
}

/**
 * An error in a field is reported for what contains the field as well.
 * @param {CompilerError[]} errors
 */
function innermost(errors) {
  /** @param {CompilerError} error */
  const key = ({ body, path }) => [body, ...path].join('\n');
  const byPlace = new Map(errors.map((error) => [key(error), error]));
  const keys = [...byPlace.keys()];
  return [...byPlace].filter(([at]) => !keys.some((other) => other.startsWith(`${at}\n`))).map(([, error]) => error);
}

const tooMany = 'is not in the type';
const missing = 'is missing';

/**
 * @param {CompilerError} error
 * @returns {{ path: (string | number)[], problem: string }[]}
 */
function read({ path, text }) {
  if (text.includes('Object literal may only specify known properties')) return [{ path, problem: tooMany }];
  const one = /Property '(.+?)' is missing in type/.exec(text);
  const several = /is missing the following properties from type .+: (.+)$/m.exec(text);
  const names = one ? [one[1]] : several?.[1].replace(/,? and \d+ more\.$/, '').split(', ');
  if (names) return names.map((name) => ({ path: [...path, name], problem: missing }));
  const [first] = text.split('\n');
  return [{ path, problem: first.replace(/^.*?error TS\d+: /, '') }];
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
