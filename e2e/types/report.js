// @ts-check
// The result of one train as text: a line, and for each field that differs where it was seen.

import { fieldOf } from './objects.js';

/**
 * @import { Mismatch } from './mismatches.js'
 * @import { Body } from './recorder.js'
 * @import { Train } from './trains.js'
 */

/**
 * @param {Train} train
 * @param {Body[]} bodies
 * @param {Mismatch[]} mismatches
 */
export function report(train, bodies, mismatches) {
  // The same field differs in every answer that has it, and is one thing to put right.
  /** @type {Map<string, Mismatch[]>} */
  const fields = new Map();
  for (const mismatch of mismatches) {
    const { object, path } = fieldOf(mismatch.body.value, mismatch.path);
    const field = `${object} ${path}: ${mismatch.problem}`;
    fields.set(field, [...(fields.get(field) ?? []), mismatch]);
  }
  const result = fields.size === 0 ? 'all as typed' : `fields that differ: ${fields.size}`;
  const sdk = `stripe ${train.release}`;
  const lines = [`${train.apiVersion.padEnd(18)}  ${sdk.padEnd(20)}  ${bodies.length} answers, ${result}`];
  for (const [field, [first, ...more]] of fields) {
    lines.push(`  ${field}`, `      at ${placeOf(first)}${more.length > 0 ? `, and ${more.length} more` : ''}`);
  }
  return lines.join('\n');
}

/** @param {Mismatch} mismatch */
function placeOf({ body, path }) {
  return `${path.join('.') || 'the answer'} of ${body.operation} (${body.note})`;
}
