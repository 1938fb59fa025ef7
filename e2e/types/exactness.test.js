// @ts-check
// The check of the answers finds each field that is missing, that is too many or whose value is of another kind,
// and says which field it is.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, test } from 'node:test';

import { repository } from '../node/support/repository.js';
import { startServer } from '../node/support/server.js';
import { collect } from './collect.js';
import { compile } from './compile.js';
import { understand } from './mismatches.js';
import { mutantsOf } from './mutants.js';
import { trains } from './trains.js';
import { withoutUntyped } from './untyped.js';

/** What an answer may lack, because a type says so: all of `previous_attributes`, and these by object. */
const optional = new Set([
  'account business_profile',
  'account business_type',
  'account country',
  'account created',
  'account default_currency',
  'account metadata',
  'account settings',
  'checkout.session collected_information',
  'checkout.session line_items',
  'checkout.session payment_method_options.card',
  'checkout.session permissions.update',
  'checkout.session permissions.update.line_items',
  'checkout.session permissions.update_line_items',
  'checkout.session phone_number_collection',
  'checkout.session redirect_on_completion',
  'checkout.session return_url',
  'checkout.session total_details.breakdown',
  'coupon applies_to',
  'coupon currency_options',
  'customer address',
  'customer business_name',
  'customer cash_balance',
  'customer currency',
  'customer customer_account',
  'customer delinquent',
  'customer discount',
  'customer individual_name',
  'customer invoice_prefix',
  'customer name',
  'customer next_invoice_sequence',
  'customer phone',
  'customer preferred_locales',
  'customer shipping.address',
  'customer shipping.name',
  'customer shipping.phone',
  'customer sources',
  'customer subscriptions',
  'customer tax',
  'customer tax_exempt',
  'customer tax_ids',
  'customer test_clock',
  'item adjustable_quantity',
  'item discounts',
  'item metadata',
  'item taxes',
  'price currency_options',
  'price currency_options.eur.tiers',
  'price currency_options.usd.tiers',
  'price tiers',
  'product default_price',
  'product marketing_features.[].name',
  'product statement_descriptor',
  'product tax_code',
  'product unit_label',
  'search_result total_count',
  'tax_id owner.customer',
  'webhook_endpoint secret',
]);

const server = await startServer();
after(() => server.stop());
const folder = join(repository, 'target/types/mutants');

for (const train of await trains()) {
  test(`each mistake in an answer is found by the types of ${train.name}`, async () => {
    const bodies = withoutUntyped(train, await collect(server, train));
    // An answer that is wrong already would hide a second mistake.
    const wrong = new Set((await compile(train, bodies, folder)).map(({ body }) => body));
    const mutants = mutantsOf(bodies.filter((_, n) => !wrong.has(n)));
    assert.ok(mutants.length > 900, `only ${mutants.length} mistakes were made`);

    const found = understand(await compile(train, mutants.map(({ body }) => body), folder));

    // A value may be found wrong in a part of it.
    const places = found.map(({ body, path }) => [body, ...path, ''].join('.'));
    const unnoticed = mutants.filter(({ path }, n) => !places.some((at) => at.startsWith([n, ...path, ''].join('.'))));
    const unexpected = unnoticed.filter(({ mistake, field }) => {
      const isOptional = optional.has(field) || field.startsWith('event data.previous_attributes');
      return mistake !== 'missing' || !isOptional;
    });
    assert.deepEqual(unexpected.map(({ mistake, field }) => `${field} ${mistake}`), []);
  });
}
