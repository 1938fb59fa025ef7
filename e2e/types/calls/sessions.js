// @ts-check
// Every operation on Checkout Sessions, in each mode and each place a session is shown in.

/**
 * @import { Params, Recorder } from '../recorder.js'
 * @import { Train } from '../trains.js'
 */

const session = 'Stripe.Checkout.Session';
const sessions = 'Stripe.ApiList<Stripe.Checkout.Session>';
const lines = 'Stripe.ApiList<Stripe.LineItem>';

/** All that a session can show in place of an id, or besides. */
const everything = [
  'line_items.data.price.product',
  'line_items.data.discounts',
  'line_items.data.taxes',
  'total_details.breakdown',
];

const done = 'https://shop.example/done';

/**
 * Each place by its name before dahlia and since, with what a session there can say.
 * @type {{ before: string, since: string, urls: Params }[]}
 */
const places = [
  { before: 'hosted', since: 'hosted_page', urls: { success_url: done, cancel_url: 'https://shop.example' } },
  { before: 'embedded', since: 'embedded_page', urls: { return_url: done, redirect_on_completion: 'if_required' } },
  { before: 'embedded', since: 'embedded_page', urls: { redirect_on_completion: 'never' } },
  { before: 'custom', since: 'elements', urls: { return_url: done } },
  { before: 'custom', since: 'elements', urls: {} },
  { before: 'form', since: 'form', urls: { return_url: done } },
  { before: 'form', since: 'form', urls: { success_url: done, cancel_url: 'https://shop.example' } },
];

/** @type {Params} */
const espresso = { price_data: { currency: 'usd', unit_amount: 350, product_data: { name: 'Espresso' } }, quantity: 2 };
/** @type {Params} */
const filter = {
  price_data: { currency: 'usd', unit_amount_decimal: '12.5', product_data: { name: 'Filter', description: 'Paper' } },
  quantity: 40,
  adjustable_quantity: { enabled: true, minimum: 1, maximum: 100 },
  metadata: { cup: 'large' },
};
/** @type {Params} */
const sugar = {
  price_data: { currency: 'usd', unit_amount: 0, product_data: { name: 'Sugar' } },
  quantity: 1,
  adjustable_quantity: { enabled: false },
};
/** @type {Params} */
const club = {
  price_data: {
    currency: 'usd',
    unit_amount: 1900,
    product_data: { name: 'Coffee club' },
    recurring: { interval: 'month' },
  },
  quantity: 1,
};

/**
 * @param {Recorder} recorder
 * @param {Train} train
 */
export async function callSessions(recorder, train) {
  const { get, post } = recorder;
  for (const place of placesOf(train)) {
    const where = [place.ui_mode, ...Object.keys(place).slice(1)].join(' ');
    await post(session, '/v1/checkout/sessions', `${where}, payment`, {
      ...place,
      mode: 'payment',
      line_items: [filter, espresso, sugar],
      expand: everything,
    });
    await post(session, '/v1/checkout/sessions', `${where}, subscription`, {
      ...place,
      mode: 'subscription',
      line_items: [club, espresso],
      customer_email: 'ada@example.com',
      client_reference_id: 'table-7',
      locale: 'de',
      metadata: { table: '7' },
    });
  }
  await post(session, '/v1/checkout/sessions', 'nothing due', {
    success_url: done,
    mode: 'payment',
    line_items: [sugar],
  });
  const { id } = await recorder.prepare('/v1/checkout/sessions', {
    success_url: done,
    mode: 'payment',
    line_items: [filter, espresso, sugar],
  });
  await callOne(recorder, id);
  await recorder.prepare('/v1/coupons', { id: 'coupon_tenth', percent_off: 10 });
  const reduced = await post(session, '/v1/checkout/sessions', 'with a discount', {
    success_url: done,
    mode: 'payment',
    line_items: [filter, espresso],
    discounts: [{ coupon: 'coupon_tenth' }],
    expand: [...everything, 'discounts.coupon'],
  });
  await get(lines, `/v1/checkout/sessions/${reduced.id}/line_items`, 'with a discount', { expand: ['data.discounts'] });
  // Before clover, a promotion code had a coupon of its own.
  const isOlder = ['acacia', 'basil'].includes(train.name);
  const code = await recorder.prepare('/v1/promotion_codes', {
    ...(isOlder ? { coupon: 'coupon_tenth' } : { promotion: { type: 'coupon', coupon: 'coupon_tenth' } }),
    restrictions: { minimum_amount: 100, minimum_amount_currency: 'usd' },
  });
  await post(session, '/v1/checkout/sessions', 'with a promotion code', {
    success_url: done,
    mode: 'payment',
    line_items: [filter, espresso],
    discounts: [{ promotion_code: code.id }],
    expand: [...everything, 'discounts.promotion_code'],
  });

  await get(sessions, '/v1/checkout/sessions', 'plain', { limit: 2 });
  await get(sessions, '/v1/checkout/sessions', 'with lines expanded', {
    limit: 5,
    expand: ['data.line_items.data.discounts', 'data.total_details.breakdown'],
  });
  await get(sessions, '/v1/checkout/sessions', 'empty', { status: 'complete' });
}

/**
 * @param {Recorder} recorder
 * @param {string} id
 */
async function callOne({ apiVersion, get, post }, id) {
  const path = `/v1/checkout/sessions/${id}`;
  await get(session, path, 'plain');
  await get(session, path, 'with all that can be expanded', { expand: everything });
  await post(session, path, 'its metadata', { metadata: { table: '8' } });
  // Acacia has no `line_items` here.
  if (!apiVersion.endsWith('acacia')) {
    await post(session, path, 'its whole cart', { line_items: [filter, espresso], expand: everything });
  }
  await get(lines, `${path}/line_items`, 'plain');
  await get(lines, `${path}/line_items`, 'with all that can be expanded', {
    limit: 1,
    expand: ['data.price.product', 'data.discounts', 'data.taxes'],
  });
  await post(session, `${path}/expire`, 'plain');
  await get(session, path, 'expired');
}

/**
 * Who may change a session; in a sandbox of its own, since the types of lists are those of the general release.
 * @param {Recorder} recorder
 * @param {Train} train
 */
export async function callPermissions({ get, post }, train) {
  const previewed = `Previewed<${session}>`;
  // Acacia has permissions only as a preview, and the preview's own types have all of them.
  const released = ['acacia', 'preview'].includes(train.name) ? previewed : session;
  /** @type {[type: string, note: string, permissions: Params][]} */
  const table = [
    [released, 'update_shipping_details', { update_shipping_details: 'server_only' }],
    [previewed, 'update_line_items', { update_line_items: 'server_only' }],
    [previewed, 'both', { update_line_items: 'server_only', update_shipping_details: 'client_only' }],
    [previewed, 'update_discounts', { update_discounts: 'server_only' }],
    [previewed, 'update[line_items]', { update: { line_items: 'server_only' } }],
    [previewed, 'update[shipping_details]', { update: { shipping_details: 'server_only' } }],
  ];
  const embedded = placesOf(train)[1];
  for (const [type, note, permissions] of table) {
    const { id } = await post(type, '/v1/checkout/sessions', `permissions: ${note}`, {
      ...embedded,
      mode: 'payment',
      line_items: [espresso],
      permissions,
    });
    await get(type, `/v1/checkout/sessions/${id}`, `permissions: ${note}`, { expand: everything });
  }
}

/**
 * @param {Train} train
 * @returns {Params[]}
 */
function placesOf(train) {
  const hasOldNames = ['acacia', 'basil', 'clover'].includes(train.name);
  return places.map(({ before, since, urls }) => ({ ui_mode: hasOldNames ? before : since, ...urls }));
}
