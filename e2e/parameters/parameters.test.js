// @ts-check
// What the server takes, and what it says it has not, is together what the types of Stripe's SDK have.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, test } from 'node:test';

import { Validator } from '@seriousme/openapi-schema-validator';

import { repository } from '../node/support/repository.js';
import { startServer } from '../node/support/server.js';
import { differencesOf } from './differences.js';
import { methodsOf } from './sdk.js';
import { documentInTree, endpointsOf } from './server.js';

/**
 * @typedef {object} Difference
 * @property {string} endpoint
 * @property {string} difference
 * @property {string} [release] of the SDK, whose types have the parameter
 * @property {string} reason
 */

/** @type {Difference[]} */
const explained = JSON.parse(await readFile(new URL('differences.json', import.meta.url), 'utf8'));

const document = await documentInTree();
const endpoints = endpointsOf(document);
const methods = await methodsOf('stripe');

for (const server of endpoints) {
  test(`${server.endpoint} takes what the SDK sends, or says that it does not`, () => {
    const method = methods.find(({ endpoint }) => endpoint === server.endpoint);
    assert.ok(method, 'the SDK has no such method');
    const here = explained.filter(({ endpoint }) => endpoint === server.endpoint);

    const differences = differencesOf(method.parameters(), server);

    // What is not in differences.json is to be mended; what is only there is mended, and goes from there.
    assert.deepEqual(differences.sort(), here.map(({ difference }) => difference).sort());
  });
}

test('every endpoint of the SDK is there, or listed as unsupported', () => {
  /** @type {string[]} */
  const unsupported = document['x-paydesk-unsupported'];
  const ours = [...endpoints.map(({ endpoint }) => endpoint), ...unsupported];

  assert.equal(new Set(ours).size, ours.length, 'none is both');
  assert.deepEqual(ours.sort(), [...new Set(methods.map(({ endpoint }) => endpoint))].sort());
});

test('every difference has a reason and is of an endpoint that the server has', () => {
  for (const { endpoint, reason } of explained) {
    assert.ok(endpoints.some((server) => server.endpoint === endpoint), endpoint);
    assert.match(reason, /\.$/, endpoint);
  }
});

for (const release of new Set(explained.flatMap(({ release }) => release ?? []))) {
  test(`what is said to be in ${release} is there`, async () => {
    const earlier = await methodsOf(release);
    for (const { endpoint, difference } of explained.filter((entry) => entry.release === release)) {
      const [path] = difference.split(' ');
      /** @type {import('./parameter.js').Parameter[] | undefined} */
      let inside = earlier.find((method) => method.endpoint === endpoint)?.parameters();
      for (const name of path.split('.')) inside = inside?.find((parameter) => parameter.name === name)?.inside;
      assert.ok(inside, `${endpoint} ${path}`);
    }
  });
}

test('the types of events that an endpoint may want are those of the SDK', async () => {
  const listed = await readFile(join(repository, 'crates/paydesk-wire/src/event_types.txt'), 'utf8');
  const create = methods.find(({ endpoint }) => endpoint === 'POST /v1/webhook_endpoints');
  const wanted = create?.parameters().find(({ name }) => name === 'enabled_events');

  assert.deepEqual(['*', ...listed.trim().split('\n')].sort(), wanted?.words.sort());
});

test('the document is valid OpenAPI', async () => {
  const validator = new Validator();

  const { valid, errors } = await validator.validate(structuredClone(document));

  assert.equal(valid, true, JSON.stringify(errors, undefined, 2));
  assert.equal(validator.version, '3.1');
});

test('the binary serves the document that is in the tree, to anybody', async () => {
  const server = await startServer();
  after(() => server.stop());

  const answer = await fetch(new URL('/openapi.json', server.url));

  assert.equal(answer.status, 200);
  assert.deepEqual(await answer.json(), document);
});
