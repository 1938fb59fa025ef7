// @ts-check
// Events of each type, read one by one and as lists.

import { eventType } from '../literal.js';

/**
 * @import { Params, Recorder } from '../recorder.js'
 * @import { Train } from '../trains.js'
 */

const names = [
  'product.created',
  'product.updated',
  'product.deleted',
  'price.created',
  'price.updated',
  'coupon.created',
  'coupon.updated',
  'coupon.deleted',
  'promotion_code.created',
  'promotion_code.updated',
  'customer.created',
  'customer.updated',
  'customer.deleted',
  'customer.tax_id.created',
  'customer.tax_id.deleted',
  'tax_rate.created',
  'tax_rate.updated',
  'checkout.session.expired',
];

const cart = {
  mode: 'payment',
  success_url: 'https://shop.example/done',
  customer_email: 'ada@example.com',
  line_items: [{ price_data: { currency: 'usd', unit_amount: 350, product_data: { name: 'Espresso' } }, quantity: 2 }],
};

/**
 * @param {Recorder} recorder
 * @param {Train} train
 */
export async function callEvents({ del, get, prepare }, train) {
  const product = await prepare('/v1/products', { name: 'Tea', metadata: { origin: 'Assam', shelf: '3' } });
  const price = await prepare('/v1/prices', { product: product.id, currency: 'usd', unit_amount: 420 });
  await prepare(`/v1/products/${product.id}`, {
    name: 'Tea, black',
    active: false,
    default_price: price.id,
    description: 'Loose',
    images: ['https://shop.example/tea.png'],
    shippable: true,
    // A key that is new, one that changes and one that goes.
    metadata: { roast: 'none', origin: 'Darjeeling', shelf: '' },
  });
  await prepare(`/v1/prices/${price.id}`, {
    lookup_key: 'tea',
    nickname: 'Pot',
    tax_behavior: 'inclusive',
    metadata: { pot: 'large' },
  });
  await prepare('/v1/coupons', { id: 'coupon_tea', percent_off: 5, metadata: { season: 'spring', shelf: '3' } });
  await prepare('/v1/coupons/coupon_tea', { name: 'Tea', metadata: { season: 'summer', shelf: '', pot: 'large' } });
  /** @type {Params} */
  const ofTea = ['acacia', 'basil'].includes(train.name)
    ? { coupon: 'coupon_tea' }
    : { promotion: { type: 'coupon', coupon: 'coupon_tea' } };
  const code = await prepare('/v1/promotion_codes', {
    ...ofTea,
    code: 'TEA',
    metadata: { season: 'spring', shelf: '3' },
    restrictions: { minimum_amount: 5000, minimum_amount_currency: 'usd' },
  });
  await prepare(`/v1/promotion_codes/${code.id}`, {
    active: false,
    metadata: { season: 'summer', shelf: '', pot: 'large' },
    restrictions: { currency_options: { eur: { minimum_amount: 4500 } } },
  });
  await del('Stripe.DeletedCoupon', '/v1/coupons/coupon_tea', 'for its event');
  const gone = await prepare('/v1/products', { name: 'Sugar' });
  await del('Stripe.DeletedProduct', `/v1/products/${gone.id}`, 'for its event');
  const tea = await prepare('/v1/customers', {
    name: 'Ada',
    address: { country: 'DE', city: 'Köln' },
    metadata: { table: '7', since: '2027' },
    tax_id_data: [{ type: 'eu_vat', value: 'DE123456789' }],
    expand: ['tax_ids'],
  });
  await prepare(`/v1/customers/${tea.id}`, {
    name: '',
    email: 'ada@example.com',
    address: { country: 'AT' },
    invoice_settings: { footer: 'Thanks' },
    preferred_locales: ['de'],
    shipping: { name: 'Ada', address: { country: 'AT' } },
    tax_exempt: 'exempt',
    metadata: { table: '8', since: '', pot: 'large' },
  });
  await del('Stripe.DeletedTaxId', `/v1/customers/${tea.id}/tax_ids/${tea.tax_ids.data[0].id}`, 'for its event');
  await del('Stripe.DeletedCustomer', `/v1/customers/${tea.id}`, 'for its event');
  const rate = { display_name: 'VAT', inclusive: true, percentage: 19, metadata: { since: '2007', shelf: '3' } };
  const vat = await prepare('/v1/tax_rates', rate);
  await prepare(`/v1/tax_rates/${vat.id}`, {
    active: false,
    country: 'DE',
    description: 'The whole one',
    display_name: 'MwSt.',
    jurisdiction: 'DE',
    state: 'BY',
    tax_type: 'vat',
    metadata: { since: '2008', shelf: '', pot: 'large' },
  });
  const session = await prepare('/v1/checkout/sessions', cart);
  await prepare(`/v1/checkout/sessions/${session.id}/expire`, {});
  await prepare('/v1/checkout/sessions', cart);
  // A session that nobody expires is expired by its timer, and no request is to be named.
  await prepare('/paydesk/v1/clock', { advance: 90_000 });

  for (const name of names) {
    const type = eventType(name);
    const list = await get(`Stripe.ApiList<${type}>`, '/v1/events', name, { type: name });
    await get(type, `/v1/events/${list.data[0].id}`, name);
  }
  await get('Stripe.ApiList<Stripe.Event>', '/v1/events', 'of every type');
}
