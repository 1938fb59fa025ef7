// @ts-check
// Every operation on products and prices, with what makes their objects differ.

/** @import { Params, Recorder } from '../recorder.js' */

const product = 'Stripe.Product';
const products = 'Stripe.ApiList<Stripe.Product>';
const price = 'Stripe.Price';
const prices = 'Stripe.ApiList<Stripe.Price>';
const foundProducts = 'Stripe.ApiSearchResult<Stripe.Product>';
const foundPrices = 'Stripe.ApiSearchResult<Stripe.Price>';

/** @param {Recorder} recorder */
export async function callCatalog(recorder) {
  const beans = await callProducts(recorder);
  await callPrices(recorder, beans);
}

/** @param {Recorder} recorder */
async function callProducts({ apiVersion, del, get, post, prepare }) {
  // A parameter that endive brought.
  /** @type {Params} */
  const taxed = apiVersion >= '2026-09-30' ? { tax_details: { tax_code: 'txcd_99999999' } } : {};
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
    type: 'good',
    marketing_features: [{ name: 'Roasted on Monday' }],
    ...taxed,
    package_dimensions: { height: '10.5', length: 4, weight: '8.25', width: 3 },
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
  await get(products, '/v1/products', 'of one kind', { type: 'good', shippable: true });
  await get(foundProducts, '/v1/products/search', 'a page', { query: "active:'true'", limit: 1 });
  await get(foundProducts, '/v1/products/search', 'counted', {
    query: "name~'beans'",
    expand: ['total_count', 'data.default_price'],
  });
  const gone = await prepare('/v1/products', { name: 'Tea' });
  await del('Stripe.DeletedProduct', `/v1/products/${gone.id}`, 'without prices');
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
  const everything = ['currency_options', 'tiers'];
  await post(price, '/v1/prices', 'in tiers', {
    product: beans,
    currency: 'usd',
    billing_scheme: 'tiered',
    tiers_mode: 'volume',
    tiers: [{ up_to: 10, unit_amount: 500 }, { up_to: 'inf', unit_amount_decimal: '450.5', flat_amount: 100 }],
    currency_options: { eur: { tiers: [{ up_to: 'inf', unit_amount: 450 }] } },
    recurring: { interval: 'month', trial_period_days: 14 },
    expand: everything,
  });
  await post(price, '/v1/prices', 'metered, in packages', {
    product: beans,
    currency: 'usd',
    unit_amount: 500,
    transform_quantity: { divide_by: 5, round: 'up' },
    recurring: { interval: 'month', usage_type: 'metered', meter: 'mtr_1' },
  });
  await post(price, '/v1/prices', 'that the buyer chooses', {
    product: beans,
    currency: 'usd',
    custom_unit_amount: { enabled: true, minimum: 100 },
    currency_options: { eur: { custom_unit_amount: { enabled: true }, tax_behavior: 'exclusive' } },
    expand: everything,
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
  await get(prices, '/v1/prices', 'metered', { recurring: { usage_type: 'metered' } });
  await get(foundPrices, '/v1/prices/search', 'a page', { query: "type:'one_time'", limit: 1 });
  await get(prices, '/v1/prices', 'with products expanded', {
    type: 'recurring',
    expand: ['data.product', 'data.currency_options'],
  });
  await get(prices, '/v1/prices', 'empty', { lookup_keys: ['tea'] });
}
