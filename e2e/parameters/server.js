// @ts-check
// What the server says of its own parameters, and which of Stripe's it says it has not.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { repository } from '../node/support/repository.js';

/** @import { Parameter } from './parameter.js' */

/**
 * @typedef {object} Endpoint
 * @property {string} endpoint method and path, with `{id}` for what varies
 * @property {Parameter[]} parameters
 * @property {string[]} unsupported parameters by their paths, with dots
 */

/** The server's document as it is in the tree, where a test of the server keeps it true. */
export async function documentInTree() {
  return JSON.parse(await readFile(join(repository, 'docs/openapi.json'), 'utf8'));
}

/**
 * Every endpoint of Stripe's that the server has.
 * @param {any} document
 * @returns {Endpoint[]}
 */
export function endpointsOf(document) {
  const paths = Object.entries(document.paths).filter(([path]) => path.startsWith('/v1/'));
  return paths.flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({
      endpoint: `${method.toUpperCase()} ${path.replaceAll(/\{\w+\}/g, '{id}')}`,
      parameters: parametersOf(operation),
      unsupported: operation['x-paydesk-unsupported'] ?? [],
    })),
  );
}

/**
 * @param {any} operation
 * @returns {Parameter[]}
 */
function parametersOf(operation) {
  const form = operation.requestBody?.content['application/x-www-form-urlencoded'];
  if (form) return propertiesOf(form.schema);
  /** @type {any[]} */
  const parameters = operation.parameters;
  const query = parameters.filter((parameter) => parameter.in === 'query');
  return query.map(({ name, schema, required }) => parameterOf(name, schema, required));
}

/**
 * @param {any} schema
 * @returns {Parameter[]}
 */
function propertiesOf(schema) {
  return Object.entries(schema.properties ?? {}).map(([name, inner]) =>
    parameterOf(name, inner, schema.required?.includes(name) ?? false),
  );
}

/**
 * @param {string} name
 * @param {any} schema
 * @param {boolean} isRequired
 * @returns {Parameter}
 */
function parameterOf(name, schema, isRequired) {
  /** @type {Parameter} */
  const parameter = { name, kinds: [], words: [], isRequired, canBeUnset: false, inside: [] };
  for (const branch of schema.anyOf ?? [schema]) {
    if (branch.const === '') {
      parameter.canBeUnset = true;
      continue;
    }
    parameter.kinds.push(kindOf(branch));
    const inner = branch.items ?? branch;
    parameter.words.push(...(inner.enum ?? []), ...(inner['x-paydesk-unsupported'] ?? []));
    const object = typeof inner.additionalProperties === 'object' ? inner.additionalProperties : inner;
    parameter.inside.push(...propertiesOf(object));
  }
  parameter.kinds.sort();
  return parameter;
}

/**
 * @param {any} schema
 * @returns {string}
 */
function kindOf(schema) {
  switch (schema.type) {
    case 'string':
      return 'text';
    case 'integer':
    case 'number':
      return 'number';
    case 'array':
      return `list of ${kindOf(schema.items)}`;
    case 'object':
      return schema.additionalProperties ? `map of ${kindOf(schema.additionalProperties)}` : 'object';
    default:
      return schema.type;
  }
}
