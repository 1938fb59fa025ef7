// @ts-check
// The guide, walked through by the SDK of each train of API versions, at the version it was made for.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { trains } from '../types/trains.js';
import { inline, linesOf, receipt } from './support/cart.js';
import { offType } from './support/params.js';
import { openSandbox } from './support/sandbox.js';
import { startServer } from './support/server.js';

/**
 * @import { Stripe } from 'stripe'
 * @import { Train } from '../types/trains.js'
 */

const server = await startServer();
after(() => server.stop());

/** Before basil, an update of the lines was a preview, which a request had to ask for. */
const preview = 'checkout_server_update_beta=v1';

/**
 * A train's own SDK. Its types are those of today's for what is called here, which the calls are written for.
 * @param {Train} train
 * @returns {Promise<Stripe>}
 */
async function clientOf(train) {
  const { default: Client } = await import(train.alias);
  const { hostname, port } = server.url;
  const apiVersion = train.name === 'acacia' ? `${train.apiVersion}; ${preview}` : train.apiVersion;
  return new Client(openSandbox(server).key, {
    apiVersion,
    protocol: 'http',
    host: hostname,
    port,
    maxNetworkRetries: 0,
    telemetry: false,
  });
}

/**
 * A session that is shown in the shop's own page, by the name that the train has for it.
 * @param {Train} train
 * @param {Stripe.Checkout.SessionCreateParams} params
 */
function ownPage(train, params) {
  const isOlder = ['acacia', 'basil', 'clover'].includes(train.name);
  return offType({
    ui_mode: isOlder ? 'custom' : 'elements',
    return_url: 'https://shop.example/done',
    permissions: { update_line_items: 'server_only' },
    expand: ['line_items'],
    ...params,
  });
}

for (const train of await trains()) {
  const name = `stripe ${train.release} (${train.name})`;

  test(`${name} keeps, changes, adds, removes and reorders lines of an open session`, async () => {
    const stripe = await clientOf(train);
    const lines = [inline('Espresso', 350), inline('Croissant', 290, 2), inline('Tea', 420)];
    const session = await stripe.checkout.sessions.create(ownPage(train, { mode: 'payment', line_items: lines }));
    const [espresso, croissant] = linesOf(session).map(({ id }) => id);

    const updated = await stripe.checkout.sessions.update(session.id, {
      line_items: [{ id: croissant }, { id: espresso, quantity: 3 }, inline('Beans', 1490)],
      expand: ['line_items'],
    });

    assert.deepEqual(receipt(updated), ['2 Croissant 580', '3 Espresso 1050', '1 Beans 1490']);
    assert.deepEqual(linesOf(updated).slice(0, 2).map(({ id }) => id), [croissant, espresso]);
    assert.equal(updated.amount_total, 3120);
    assert.equal(updated.lastResponse.apiVersion, train.apiVersion);
  });

  test(`${name} swaps the month of a subscription for the year`, async () => {
    const stripe = await clientOf(train);
    const club = await stripe.products.create({ name: 'Coffee club' });
    const [monthly, yearly] = await Promise.all(
      /** @type {const} */ ([['month', 1900], ['year', 19000]]).map(([interval, unit_amount]) =>
        stripe.prices.create({ product: club.id, currency: 'usd', unit_amount, recurring: { interval } }),
      ),
    );
    const session = await stripe.checkout.sessions.create(
      ownPage(train, { mode: 'subscription', line_items: [{ price: monthly.id, quantity: 1 }] }),
    );

    const updated = await stripe.checkout.sessions.update(session.id, {
      line_items: [{ price: yearly.id, quantity: 1 }],
      expand: ['line_items'],
    });

    assert.equal(session.amount_total, 1900);
    assert.equal(updated.amount_total, 19000);
    assert.deepEqual(linesOf(updated).map(({ price }) => price?.recurring?.interval), ['year']);
  });

  test(`${name} retrieves, lists and expires sessions`, async () => {
    const stripe = await clientOf(train);
    const { sessions } = stripe.checkout;
    const first = await sessions.create(ownPage(train, { mode: 'payment', line_items: [inline('Tea', 420)] }));
    const second = await sessions.create(ownPage(train, { mode: 'payment', line_items: [inline('Milk', 90)] }));

    const expired = await sessions.expire(first.id);

    assert.equal(expired.status, 'expired');
    assert.equal((await sessions.retrieve(first.id)).status, 'expired');
    assert.deepEqual((await sessions.list()).data.map(({ id }) => id), [second.id, first.id]);
    assert.deepEqual((await sessions.list({ status: 'open' })).data.map(({ id }) => id), [second.id]);
    const lines = await sessions.listLineItems(second.id);
    assert.deepEqual(lines.data.map(({ description }) => description), ['Milk']);
    const [event] = (await stripe.events.list({ type: 'checkout.session.expired' })).data;
    assert.equal(event.api_version, train.apiVersion);
  });
}
