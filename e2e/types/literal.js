// @ts-check
// Writes answers as TypeScript literals and remembers which line is which field.

/** @import { Body } from './recorder.js' */

/**
 * @typedef {object} Place a field of an answer
 * @property {number} body its position in the list of answers
 * @property {(string | number)[]} path
 */

/** Stands for a value that is not checked. */
export const unchecked = Symbol('unchecked');

/** The type of each kind of object, to be checked wherever one is inside another. */
const types = new Map([
  ['checkout.session', 'Stripe.Checkout.Session'],
  ['coupon', 'Stripe.Coupon'],
  ['customer', 'Stripe.Customer'],
  ['discount', 'Stripe.Discount'],
  ['shipping_rate', 'Stripe.ShippingRate'],
  ['tax_id', 'Stripe.TaxId'],
  ['tax_rate', 'Stripe.TaxRate'],
  ['item', 'Stripe.LineItem'],
  ['price', 'Stripe.Price'],
  ['product', 'Stripe.Product'],
  ['promotion_code', 'Stripe.PromotionCode'],
  ['webhook_endpoint', 'Stripe.WebhookEndpoint'],
]);

/**
 * A module in which each answer is a constant of its type.
 *
 * An object inside another is often typed as one of several, such as an id, a product or a deleted product; then
 * TypeScript allows the fields of all of them. So each is held against its own type as well.
 * @param {Body[]} bodies
 * @param {string} wire the module with the types
 */
export function moduleOf(bodies, wire) {
  /** @type {string[]} */
  const lines = [];
  /** @type {(Place | undefined)[]} */
  const places = [];
  /**
   * @param {string} line
   * @param {Place} [place]
   */
  function put(line, place) {
    lines.push(line);
    places.push(place);
  }

  /**
   * @param {unknown} value
   * @param {Place} place
   * @param {string} before
   * @param {string} after
   */
  function write(value, place, before, after) {
    const indent = '  '.repeat(place.path.length);
    if (value === null || typeof value !== 'object') {
      const literal = value === unchecked ? 'undefined as never' : JSON.stringify(value);
      put(indent + before + literal + after, place);
      return;
    }
    const isList = Array.isArray(value);
    put(indent + before + (isList ? '[' : '{'), place);
    for (const [key, inner] of Object.entries(value)) {
      const path = [...place.path, isList ? Number(key) : key];
      write(inner, { body: place.body, path }, isList ? '' : `${JSON.stringify(key)}: `, ',');
    }
    put(indent + (isList ? ']' : '}') + annotation(value, place) + after, place);
  }

  put('// Answers of paydesk, written by e2e/types.');
  put("import type { Stripe } from 'stripe';");
  put(`import type { Previewed, Wire } from '${wire}';`);
  for (const [body, { operation, note, type, value }] of bodies.entries()) {
    put('');
    put(`// ${operation}, ${note}`);
    write(value, { body, path: [] }, `export const body${body}: Wire<${type}> = `, ';');
  }
  return { text: lines.join('\n') + '\n', places };
}

/**
 * @param {{ object?: unknown, type?: unknown }} value
 * @param {Place} place
 */
function annotation(value, place) {
  const { object, type: name } = value;
  const isEvent = object === 'event' && typeof name === 'string' && /^[a-z._]+$/.test(name);
  const type = isEvent ? eventType(name) : types.get(String(object));
  return type && place.path.length > 0 ? ` satisfies Wire<${type}>` : '';
}

/**
 * The SDK has a type for each type of event: `Stripe.PriceCreatedEvent` for `price.created`.
 * @param {string} name
 */
export function eventType(name) {
  const words = name.split(/[._]/).map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return `Stripe.${words.join('')}Event`;
}
