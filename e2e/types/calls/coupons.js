// @ts-check
// Every operation on coupons, with what makes their objects differ.

/** @import { Recorder } from '../recorder.js' */

const coupon = 'Stripe.Coupon';
const coupons = 'Stripe.ApiList<Stripe.Coupon>';

/** @param {Recorder} recorder */
export async function callCoupons({ del, get, post, prepare }) {
  const beans = await prepare('/v1/products', { name: 'Beans' });
  await post(coupon, '/v1/coupons', 'a percentage', { id: 'coupon_quarter', percent_off: '12.5' });
  const expand = ['applies_to', 'currency_options'];
  await post(coupon, '/v1/coupons', 'an amount, with every field', {
    id: 'coupon_spring',
    amount_off: 500,
    currency: 'usd',
    currency_options: { eur: { amount_off: 450 } },
    applies_to: { products: [beans.id] },
    duration: 'repeating',
    duration_in_months: 3,
    max_redemptions: 100,
    metadata: { campaign: 'spring' },
    name: 'Spring',
    // As far ahead as the sandbox's clock is never moved here.
    redeem_by: Math.floor(Date.now() / 1000) + 86_400,
    expand,
  });
  await post(coupon, '/v1/coupons', 'for ever', { percent_off: 5, duration: 'forever' });
  const path = '/v1/coupons/coupon_spring';
  await get(coupon, path, 'plain');
  await get(coupon, path, 'with all that can be expanded', { expand });
  await post(coupon, path, 'with all that can be expanded', {
    name: 'Spring, longer',
    currency_options: { gbp: { amount_off: 400 } },
    expand,
  });
  await get(coupons, '/v1/coupons', 'plain', { limit: 1 });
  await get(coupons, '/v1/coupons', 'with all that can be expanded', {
    expand: expand.map((field) => `data.${field}`),
  });
  await get(coupons, '/v1/coupons', 'empty', { created: 1 });
  await del('Stripe.DeletedCoupon', path, 'plain');
}
