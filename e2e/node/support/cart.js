// @ts-check
// Carts of a small coffee shop: opening one, changing one, and reading it as a shopkeeper would.

/** @import { Stripe } from 'stripe' */
/** @import { Sandbox } from './sandbox.js' */

import { serverOnly } from './params.js';

/** @typedef {Stripe.Checkout.SessionCreateParams.LineItem} NewLine */
/** @typedef {Stripe.Checkout.SessionUpdateParams.LineItem} ChangedLine */

/**
 * Creates a product with one price in US dollars.
 * @param {Stripe} stripe
 * @param {string} name
 * @param {number} cents
 * @param {Partial<Stripe.PriceCreateParams>} [more]
 */
export async function addPrice(stripe, name, cents, more = {}) {
  const price = await stripe.prices.create({
    currency: 'usd',
    unit_amount: cents,
    product_data: { name },
    ...more,
  });
  return price.id;
}

/**
 * A line made on the spot, without a price in the catalog.
 * @param {string} name
 * @param {number} cents
 * @param {number} [quantity]
 * @returns {NewLine}
 */
export function inline(name, cents, quantity = 1) {
  return { price_data: { currency: 'usd', unit_amount: cents, product_data: { name } }, quantity };
}

/**
 * Opens a session whose cart only the shop's server may change.
 * @param {Stripe} stripe
 * @param {NewLine[]} lines
 * @param {Stripe.Checkout.SessionCreateParams} [more]
 */
export function openCart(stripe, lines, more = {}) {
  return stripe.checkout.sessions.create(
    serverOnly({
      mode: 'payment',
      ui_mode: 'elements',
      return_url: 'https://shop.example/done?session={CHECKOUT_SESSION_ID}',
      line_items: lines,
      expand: ['line_items'],
      ...more,
    }),
  );
}

/**
 * Sends the whole cart anew and answers the session with its lines.
 * @param {Stripe} stripe
 * @param {string} session
 * @param {ChangedLine[]} lines
 * @param {Stripe.RequestOptions} [options]
 */
export function changeCart(stripe, session, lines, options = {}) {
  return stripe.checkout.sessions.update(session, { line_items: lines, expand: ['line_items'] }, options);
}

/**
 * The lines of an expanded session.
 * @param {Stripe.Checkout.Session} session
 */
export function linesOf(session) {
  if (!session.line_items) throw new Error('the session was not asked for with its line_items');
  return session.line_items.data;
}

/**
 * The ids of an expanded session's lines, in order.
 * @param {Stripe.Checkout.Session} session
 */
export function idsOf(session) {
  return linesOf(session).map((line) => line.id);
}

/**
 * A cart as text, one line per row: quantity, name and amount.
 * @param {Stripe.Checkout.Session} session
 */
export function receipt(session) {
  return linesOf(session).map((line) => `${line.quantity} ${line.description} ${line.amount_total}`);
}

/**
 * The revision that came with an answer.
 * @param {{ lastResponse: { headers: Record<string, string> } }} answer
 */
export function revisionOf(answer) {
  return Number(answer.lastResponse.headers['paydesk-revision']);
}
