// @ts-check
// Keys that were made: live mode, restricted keys, revoked keys, and accounts below an account.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import Stripe from 'stripe';

import { inline, openCart } from './support/cart.js';
import { refused } from './support/refusal.js';
import { clientOf } from './support/sandbox.js';
import { startServer } from './support/server.js';

const server = await startServer();
after(() => server.stop());

test('a made key of live mode makes live sessions, which a test key does not find', async () => {
  const live = clientOf(server, (await server.createKey('--live')).key);
  const tested = clientOf(server, (await server.createKey()).key);

  const session = await openCart(live, [inline('Espresso', 350)]);

  assert.equal(session.livemode, true);
  assert.match(session.id, /^cs_live_/);
  await refused(tested.checkout.sessions.retrieve(session.id), {
    status: 404,
    code: 'resource_missing',
    message: /; a similar object exists in live mode, but a test mode key was used to make this request\.$/,
  });
});

test('a restricted key does what it is allowed and names the permission that it lacks', async () => {
  const { key } = await server.createKey('--allow', 'checkout_session:write', '--allow', 'price:read');
  const stripe = clientOf(server, key);

  const session = await openCart(stripe, [inline('Espresso', 350)]);
  await stripe.checkout.sessions.retrieve(session.id);
  await stripe.prices.list();

  await refused(stripe.prices.create({ currency: 'usd', unit_amount: 1, product_data: { name: 'Tea' } }), {
    as: Stripe.errors.StripePermissionError,
    status: 403,
    message: /'rak_price_write' permission/,
  });
});

test('a revoked key is refused', async () => {
  const { id, key } = await server.createKey();
  await server.revokeKey(id);

  await refused(clientOf(server, key).products.list(), {
    as: Stripe.errors.StripeAuthenticationError,
    status: 401,
    code: 'api_key_expired',
  });
});

test('a key acts for the accounts below its own by stripeAccount', async () => {
  const above = await server.createKey();
  const below = await server.createKey('--sub-account-of', above.account, '--display-name', 'Branch');
  const stripe = clientOf(server, above.key);
  const branch = clientOf(server, below.key);

  const product = await stripe.products.create({ name: 'Tea' }, { stripeAccount: below.account });

  assert.equal((await branch.products.retrieve(product.id)).name, 'Tea');
  await refused(stripe.products.retrieve(product.id), { status: 404, code: 'resource_missing' });
  assert.equal((await stripe.accounts.retrieve(below.account)).settings?.dashboard.display_name, 'Branch');
  await refused(branch.products.list({}, { stripeAccount: above.account }), {
    as: Stripe.errors.StripePermissionError,
    status: 403,
    code: 'account_invalid',
  });
});
