// @ts-check
// Tax rates through the client: made, found, renamed and archived.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { refused } from './support/refusal.js';
import { openSandbox } from './support/sandbox.js';
import { startServer } from './support/server.js';

const server = await startServer();
after(() => server.stop());

test('a tax rate is made, found, renamed and archived', async () => {
  const { stripe } = openSandbox(server);
  const vat = await stripe.taxRates.create({ display_name: 'VAT', inclusive: true, percentage: 19, country: 'DE' });
  const salesTax = await stripe.taxRates.create({ display_name: 'Sales tax', inclusive: false, percentage: 8.875 });
  assert.equal(salesTax.percentage, 8.875);
  assert.deepEqual(await stripe.taxRates.retrieve(vat.id), vat);

  const renamed = await stripe.taxRates.update(vat.id, { display_name: 'MwSt.', active: false });
  assert.deepEqual([renamed.display_name, renamed.active, renamed.percentage], ['MwSt.', false, 19]);
  /** @param {import('stripe').Stripe.TaxRateListParams} [params] */
  const idsOf = async (params) => (await stripe.taxRates.list(params)).data.map(({ id }) => id);
  assert.deepEqual(await idsOf(), [salesTax.id, vat.id]);
  assert.deepEqual(await idsOf({ active: true }), [salesTax.id]);
  assert.deepEqual(await idsOf({ inclusive: true }), [vat.id]);
  const events = await stripe.events.list({ types: ['tax_rate.created', 'tax_rate.updated'] });
  assert.deepEqual(
    events.data.map(({ type }) => type),
    ['tax_rate.updated', 'tax_rate.created', 'tax_rate.created'],
  );
});

test('a tax rate is at most everything, to four decimal places', async () => {
  const { stripe } = openSandbox(server);
  const rate = { display_name: 'VAT', inclusive: true };
  await refused(stripe.taxRates.create({ ...rate, percentage: 100.5 }), { param: 'percentage' });
  await refused(stripe.taxRates.create({ ...rate, percentage: 8.25001 }), { param: 'percentage' });
  await refused(stripe.taxRates.retrieve('txr_none'), { status: 404, code: 'resource_missing' });
});
