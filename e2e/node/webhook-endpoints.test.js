// @ts-check
// Webhook endpoints through the client. They are kept; deliveries are still to come, and every answer says so.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { offType } from './support/params.js';
import { refused } from './support/refusal.js';
import { openSandbox } from './support/sandbox.js';
import { startServer } from './support/server.js';

const server = await startServer();
after(() => server.stop());

test('an endpoint shows its secret once, is changed and deleted', async () => {
  const { stripe } = openSandbox(server);
  const made = await stripe.webhookEndpoints.create({
    url: 'https://shop.example/hooks',
    enabled_events: ['checkout.session.completed'],
    api_version: '2025-03-31.basil',
  });
  assert.match(made.id, /^we_/);
  assert.match(made.secret ?? '', /^whsec_\w{32,}$/);
  assert.equal(made.api_version, '2025-03-31.basil');
  assert.match(made.lastResponse.headers['paydesk-warning'], /delivers no events/);

  const changed = await stripe.webhookEndpoints.update(made.id, { enabled_events: ['*'], disabled: true });
  assert.deepEqual([changed.enabled_events, changed.status, changed.secret], [['*'], 'disabled', undefined]);
  const { data } = await stripe.webhookEndpoints.list();
  assert.deepEqual(data.map(({ id }) => id), [made.id]);

  assert.equal((await stripe.webhookEndpoints.del(made.id)).deleted, true);
  await refused(stripe.webhookEndpoints.retrieve(made.id), { status: 404, code: 'resource_missing' });
});

test('an endpoint hears only of events that there are', async () => {
  const { stripe } = openSandbox(server);
  const params = offType({ url: 'https://shop.example/hooks', enabled_events: ['cart.changed'] });
  await refused(stripe.webhookEndpoints.create(params), { param: 'enabled_events[0]', message: /cart\.changed/ });
});
