// @ts-check
// Every operation on shipping rates, with what makes their objects differ.

/** @import { Recorder } from '../recorder.js' */

const shippingRate = 'Stripe.ShippingRate';
const shippingRates = 'Stripe.ApiList<Stripe.ShippingRate>';

/** @param {Recorder} recorder */
export async function callShippingRates({ get, post }) {
  await post(shippingRate, '/v1/shipping_rates', 'with nothing but what is required', {
    display_name: 'Pick up',
    fixed_amount: { amount: 0, currency: 'usd' },
  });
  const expand = ['fixed_amount.currency_options'];
  const made = await post(shippingRate, '/v1/shipping_rates', 'with every field', {
    display_name: 'Ground',
    type: 'fixed_amount',
    fixed_amount: {
      amount: 500,
      currency: 'usd',
      currency_options: { eur: { amount: 450, tax_behavior: 'inclusive' }, jpy: { amount: 700 } },
    },
    delivery_estimate: { minimum: { unit: 'business_day', value: 5 }, maximum: { unit: 'week', value: 2 } },
    metadata: { carrier: 'post' },
    tax_behavior: 'exclusive',
    tax_code: 'txcd_92010001',
    expand,
  });
  for (const [bound, unit] of [
    ['minimum', 'day'],
    ['maximum', 'hour'],
    ['maximum', 'month'],
  ]) {
    await post(shippingRate, '/v1/shipping_rates', `with a ${bound} of one ${unit}`, {
      display_name: 'Courier',
      fixed_amount: { amount: 900, currency: 'usd' },
      delivery_estimate: { [bound]: { unit, value: 1 } },
    });
  }
  const path = `/v1/shipping_rates/${made.id}`;
  await get(shippingRate, path, 'plain');
  await get(shippingRate, path, 'with all that can be expanded', { expand });
  await post(shippingRate, path, 'with all that can be expanded', {
    active: false,
    fixed_amount: { currency_options: { gbp: { amount: 400 } } },
    metadata: '',
    expand,
  });
  await get(shippingRates, '/v1/shipping_rates', 'plain', { limit: 1 });
  await get(shippingRates, '/v1/shipping_rates', 'with all that can be expanded', {
    expand: expand.map((field) => `data.${field}`),
  });
  await get(shippingRates, '/v1/shipping_rates', 'empty', { created: 1, currency: 'usd', active: true });
}
