// @ts-check
// Every operation on promotion codes, with what makes their objects differ.

/**
 * @import { Params, Recorder } from '../recorder.js'
 * @import { Train } from '../trains.js'
 */

const promotionCode = 'Stripe.PromotionCode';
const promotionCodes = 'Stripe.ApiList<Stripe.PromotionCode>';

/**
 * @param {Recorder} recorder
 * @param {Train} train
 */
export async function callPromotionCodes({ del, get, post, prepare }, train) {
  const beans = await prepare('/v1/products', { name: 'Beans' });
  const jenny = await prepare('/v1/customers', { name: 'Jenny' });
  await prepare('/v1/coupons', {
    id: 'coupon_summer',
    amount_off: 500,
    currency: 'usd',
    currency_options: { eur: { amount_off: 450 } },
    applies_to: { products: [beans.id] },
  });
  // Before clover, a promotion code had a coupon of its own.
  const isOlder = ['acacia', 'basil'].includes(train.name);
  const coupon = isOlder ? 'coupon' : 'promotion.coupon';
  /** @type {Params} */
  const ofCoupon = isOlder
    ? { coupon: 'coupon_summer' }
    : { promotion: { type: 'coupon', coupon: 'coupon_summer' } };
  const expand = ['customer', `${coupon}.applies_to`, `${coupon}.currency_options`, 'restrictions.currency_options'];

  await post(promotionCode, '/v1/promotion_codes', 'of a coupon and nothing else', ofCoupon);
  const full = await post(promotionCode, '/v1/promotion_codes', 'with every field', {
    ...ofCoupon,
    active: true,
    code: 'Summer-5',
    customer: jenny.id,
    // As far ahead as the sandbox's clock is never moved here.
    expires_at: Math.floor(Date.now() / 1000) + 86_400,
    max_redemptions: 10,
    metadata: { campaign: 'summer' },
    restrictions: {
      first_time_transaction: true,
      minimum_amount: 5000,
      minimum_amount_currency: 'usd',
      currency_options: { eur: { minimum_amount: 4500 } },
    },
    expand,
  });
  const path = `/v1/promotion_codes/${full.id}`;
  await get(promotionCode, path, 'plain');
  await get(promotionCode, path, 'with all that can be expanded', { expand });
  await post(promotionCode, path, 'with all that can be expanded', {
    active: false,
    metadata: { campaign: '' },
    restrictions: { currency_options: { gbp: { minimum_amount: 4000 } } },
    expand,
  });
  await get(promotionCodes, '/v1/promotion_codes', 'plain', { limit: 1 });
  await get(promotionCodes, '/v1/promotion_codes', 'with all that can be expanded', {
    expand: expand.map((field) => `data.${field}`),
  });
  await get(promotionCodes, '/v1/promotion_codes', 'empty', { code: 'none' });

  await prepare(path, { active: true });
  await del('Stripe.DeletedCoupon', '/v1/coupons/coupon_summer', 'that has promotion codes');
  await get(promotionCode, path, 'of a coupon that was deleted', { expand });
}
