// @ts-check
// Every operation on products and prices, with what makes their objects differ.

/** @import { Recorder } from '../recorder.js' */

const product = 'Stripe.Product';
const products = 'Stripe.ApiList<Stripe.Product>';
const price = 'Stripe.Price';
const prices = 'Stripe.ApiList<Stripe.Price>';

/** @param {Recorder} recorder */
export async function callCatalog(recorder) {
  const beans = await callProducts(recorder);
  await callPrices(recorder, beans);
}

/** @param {Recorder} recorder */
async function callProducts({ get, post }) {
  await post(product, '/v1/products', 'with a name only', { name: 'Espresso' });
  const full = await post(product, '/v1/products', 'with every field', {
    name: 'Beans',
    active: true,
    description: '250 g, roasted on Monday',
    images: ['https://shop.example/beans.png'],
    metadata: { origin: 'Huila' },
    shippable: true,
    statement_descriptor: 'BEANS',
    tax_code: 'txcd_99999999',
    unit_label: 'bag',
    url: 'https://shop.example/beans',
    default_price_data: { currency: 'usd', unit_amount: 1490 },
  });
  const path = `/v1/products/${full.id}`;
  const expand = ['default_price.currency_options'];
  await get(product, path, 'plain');
  await get(product, path, 'with its default price expanded', { expand });
  await get(product, path, 'with the product of its default price expanded', { expand: ['default_price.product'] });
  await post(product, path, 'with its default price expanded', {
    name: 'Beans, dark',
    metadata: { roast: 'dark' },
    expand,
  });
  await get(products, '/v1/products', 'plain', { limit: 1 });
  await get(products, '/v1/products', 'with default prices expanded', { expand: ['data.default_price'] });
  await get(products, '/v1/products', 'empty', { active: false });
  return full.id;
}

/**
 * @param {Recorder} recorder
 * @param {string} beans
 */
async function callPrices({ get, post }, beans) {
  const full = await post(price, '/v1/prices', 'with every field of a one-time price', {
    product: beans,
    currency: 'usd',
    unit_amount: 1490,
    active: true,
    billing_scheme: 'per_unit',
    lookup_key: 'beans',
    metadata: { shelf: '3' },
    nickname: 'Counter',
    tax_behavior: 'exclusive',
  });
  await post(price, '/v1/prices', 'with a part of a cent', {
    product_data: { name: 'Sugar', metadata: { shelf: '4' } },
    currency: 'usd',
    unit_amount_decimal: '0.125',
  });
  await post(price, '/v1/prices', 'recurring', {
    product: beans,
    currency: 'eur',
    unit_amount: 1900,
    recurring: { interval: 'month', interval_count: 3, usage_type: 'licensed' },
  });
  const path = `/v1/prices/${full.id}`;
  const expand = ['product', 'currency_options', 'tiers'];
  await get(price, path, 'plain');
  await get(price, path, 'with all that can be expanded', { expand });
  await post(price, path, 'with all that can be expanded', {
    active: false,
    nickname: 'Counter, old',
    metadata: { shelf: '5' },
    expand,
  });
  await get(prices, '/v1/prices', 'plain');
  await get(prices, '/v1/prices', 'with products expanded', {
    type: 'recurring',
    expand: ['data.product', 'data.currency_options'],
  });
  await get(prices, '/v1/prices', 'empty', { lookup_keys: ['tea'] });
}
