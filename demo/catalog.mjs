// @ts-check
// The small catalog of the demo's coffee shop.

/** @import { Stripe } from 'stripe' */

/**
 * Fills an empty sandbox with what the shop sells and answers the ids of the prices.
 * @param {Stripe} stripe
 */
export async function fillCatalog(stripe) {
  const cappuccino = await stripe.products.create({ name: 'Cappuccino' });
  const club = await stripe.products.create({ name: 'Coffee club' });

  /** @param {Omit<Stripe.PriceCreateParams, 'currency'>} params */
  const priceId = async (params) => (await stripe.prices.create({ currency: 'usd', ...params })).id;
  /** @param {string} name @param {number} cents */
  const article = (name, cents) => priceId({ unit_amount: cents, product_data: { name } });
  /** @param {Stripe.Product} product @param {string} nickname @param {number} cents */
  const variant = (product, nickname, cents) => priceId({ unit_amount: cents, product: product.id, nickname });
  /** @param {'month' | 'year'} interval @param {number} cents */
  const membership = (interval, cents) =>
    priceId({ unit_amount: cents, product: club.id, nickname: `by the ${interval}`, recurring: { interval } });

  return {
    smallCappuccino: await variant(cappuccino, 'small', 380),
    largeCappuccino: await variant(cappuccino, 'large', 480),
    croissant: await article('Butter croissant', 320),
    beans: await article('House beans, 250 g', 1490),
    cookie: await article('Oat cookie', 250),
    clubByMonth: await membership('month', 1900),
    clubByYear: await membership('year', 19000),
  };
}
