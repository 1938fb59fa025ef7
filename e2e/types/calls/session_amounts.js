// @ts-check
// What changes the amounts of a Checkout Session: taxes, shipping, discounts, trials and the forms of prices; in a
// sandbox of its own, so that lists of sessions stay as they are elsewhere.

/**
 * @import { Params, Recorder } from '../recorder.js'
 * @import { Train } from '../trains.js'
 */

const session = 'Stripe.Checkout.Session';
const lines = 'Stripe.ApiList<Stripe.LineItem>';
const path = '/v1/checkout/sessions';
const done = 'https://shop.example/done';

/** Everything behind an amount. */
const everything = [
  'line_items.data.taxes',
  'line_items.data.discounts',
  'total_details.breakdown',
  'shipping_cost.taxes',
  'shipping_cost.shipping_rate',
  'shipping_options.shipping_rate',
  'discounts.coupon',
];

/** @type {Params} */
const shirt = { price_data: { currency: 'usd', unit_amount: 1999, product_data: { name: 'Shirt' } }, quantity: 3 };
/** @type {Params} */
const book = { price_data: { currency: 'usd', unit_amount: 1000, product_data: { name: 'Book' } }, quantity: 1 };
/** @type {Params} */
const post = {
  display_name: 'Post',
  type: 'fixed_amount',
  fixed_amount: { amount: 500, currency: 'usd' },
  delivery_estimate: { minimum: { unit: 'day', value: 2 }, maximum: { unit: 'business_day', value: 5 } },
  tax_behavior: 'exclusive',
  tax_code: 'txcd_92010001',
  metadata: { truck: '7' },
};
/** @type {Params} */
const austin = {
  name: 'Jenny Rosen',
  address: { line1: '1 Main Street', city: 'Austin', state: 'TX', postal_code: '78701', country: 'US' },
};

/**
 * @param {Recorder} recorder
 * @param {Train} train
 */
export async function callSessionAmounts(recorder, train) {
  const rates = await taxRates(recorder);
  await callTaxed(recorder, rates);
  await callShipped(recorder, train, rates);
  await callSubscribed(recorder, rates);
  await callPriced(recorder);
}

/** @param {Recorder} recorder */
async function taxRates({ prepare }) {
  const texas = { display_name: 'Sales tax', percentage: '8.25', inclusive: false, country: 'US', state: 'TX' };
  const mwst = { display_name: 'MwSt', percentage: 20, inclusive: true, jurisdiction: 'AT', tax_type: 'vat' };
  return {
    exclusive: (await prepare('/v1/tax_rates', texas)).id,
    inclusive: (await prepare('/v1/tax_rates', mwst)).id,
  };
}

/**
 * The cart whose amounts the shop can check by hand: two taxes, a discount and a shipping rate.
 * @param {Recorder} recorder
 * @param {{ exclusive: string, inclusive: string }} rates
 */
async function callTaxed({ get, post: send, prepare }, { exclusive, inclusive }) {
  await prepare('/v1/coupons', { id: 'coupon_tenth', percent_off: 10 });
  const { id } = await send(session, path, 'taxed, reduced and shipped', {
    success_url: done,
    mode: 'payment',
    line_items: [
      { ...shirt, tax_rates: [exclusive] },
      { ...book, tax_rates: [inclusive, exclusive] },
    ],
    discounts: [{ coupon: 'coupon_tenth' }],
    shipping_options: [{ shipping_rate_data: post }],
    expand: everything,
  });
  await get(session, `${path}/${id}`, 'taxed, reduced and shipped, plain');
  await get(lines, `${path}/${id}/line_items`, 'taxed and reduced', { expand: ['data.taxes', 'data.discounts'] });
}

/**
 * A shop that says by its own server where the cart goes and what that costs.
 * @param {Recorder} recorder
 * @param {Train} train
 * @param {{ exclusive: string }} rates
 */
async function callShipped({ get, post: send, prepare }, train, { exclusive }) {
  const isOld = ['acacia', 'basil', 'clover'].includes(train.name);
  const isAcacia = train.name === 'acacia';
  // Acacia has permissions only as a preview, and the preview's own types have all of them.
  const type = isAcacia || train.name === 'preview' ? `Previewed<${session}>` : session;
  const made = await prepare(path, {
    ui_mode: isOld ? 'custom' : 'elements',
    return_url: done,
    mode: 'payment',
    line_items: [shirt],
    permissions: { update_shipping_details: 'server_only' },
    shipping_address_collection: { allowed_countries: ['US', 'CA'] },
    shipping_options: [
      { shipping_rate_data: { ...post, display_name: 'Not known yet', fixed_amount: { amount: 0, currency: 'usd' } } },
    ],
    expand: ['line_items'],
  });
  const rate = await prepare('/v1/shipping_rates', post);
  const [line] = made.line_items.data;
  // Acacia has neither of these on update.
  /** @type {Params} */
  const costs = {
    line_items: [{ id: line.id, tax_rates: [exclusive] }],
    shipping_options: [{ shipping_rate: rate.id }, { shipping_rate_data: { ...post, display_name: 'Express' } }],
  };
  await send(type, `${path}/${made.id}`, 'address, rates and taxes', {
    ...(isAcacia ? {} : costs),
    collected_information: { shipping_details: austin },
    expand: everything,
  });
  await get(type, `${path}/${made.id}`, 'with an address, plain');
}

/**
 * @param {Recorder} recorder
 * @param {{ exclusive: string }} rates
 */
async function callSubscribed({ post: send }, { exclusive }) {
  const seat = {
    price_data: {
      currency: 'usd',
      unit_amount: 1900,
      product_data: { name: 'Coffee club' },
      recurring: { interval: 'month' },
    },
    quantity: 1,
  };
  const subscription = { success_url: done, mode: 'subscription', line_items: [seat, book], expand: everything };
  await send(session, path, 'subscription with a trial', {
    ...subscription,
    subscription_data: {
      trial_period_days: 14,
      trial_settings: { end_behavior: { missing_payment_method: 'pause' } },
      default_tax_rates: [exclusive],
    },
  });
  const anchor = Math.floor(Date.now() / 1000) + 10 * 86_400;
  await send(session, path, 'subscription with an anchor', {
    ...subscription,
    line_items: [seat],
    subscription_data: { billing_cycle_anchor: anchor, proration_behavior: 'none' },
  });
}

/** @param {Recorder} recorder */
async function callPriced({ post: send, prepare }) {
  /** @param {Params} price */
  const priced = async (price) => {
    const made = await prepare('/v1/prices', { currency: 'usd', product_data: { name: 'Beans' }, ...price });
    return made.id;
  };
  const recurring = { interval: 'month' };
  /** @type {Params[]} */
  const tiers = [
    { up_to: 5, unit_amount: 700 },
    { up_to: 'inf', unit_amount: 650, flat_amount: 100 },
  ];
  const graduated = await priced({ billing_scheme: 'tiered', tiers_mode: 'graduated', tiers, recurring });
  const metered = await priced({ unit_amount: 5, recurring: { ...recurring, usage_type: 'metered', meter: 'mtr_1' } });
  await send(session, path, 'tiered and metered', {
    success_url: done,
    mode: 'subscription',
    line_items: [{ price: graduated, quantity: 7 }, { price: metered }],
    expand: everything,
  });
  const packed = await priced({ unit_amount: 25, transform_quantity: { divide_by: 5, round: 'up' } });
  await send(session, path, 'by the package', {
    success_url: done,
    mode: 'payment',
    line_items: [{ price: packed, quantity: 8 }],
    expand: everything,
  });
  const gift = await priced({ custom_unit_amount: { enabled: true, minimum: 100, maximum: 900, preset: 500 } });
  await send(session, path, 'the buyer says the price', {
    success_url: done,
    mode: 'payment',
    line_items: [{ price: gift, quantity: 1 }],
    expand: everything,
  });
}
