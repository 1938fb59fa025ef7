// @ts-check
// A cart as a table that a person can read: what happened to each line, and what it costs.

/** @import { Stripe } from 'stripe' */

import { bold, dim, green, yellow } from './style.mjs';

/** @typedef {Stripe.Response<Stripe.Checkout.Session>} Cart an answer with its line_items expanded */

const columns = /** @type {const} */ ([
  { title: 'Line', align: 'left' },
  { title: 'Quantity', align: 'right' },
  { title: 'Unit price', align: 'right' },
  { title: 'Amount', align: 'right' },
  { title: 'What happened', align: 'left' },
]);

/**
 * Draws a cart, and what became of each line since the cart before it.
 * @param {Cart} cart
 * @param {Cart} [before]
 */
export function drawCart(cart, before) {
  const rows = linesOf(cart).map((line) => [
    lineName(line),
    String(line.quantity),
    unitPrice(line),
    money(line.amount_total, line.currency),
    before ? whatHappened(line, cart, before) : 'added',
  ]);
  const total = money(cart.amount_total ?? 0, cart.currency ?? 'usd');
  const footer = ['Total', '', '', total, `revision ${cart.lastResponse.headers['paydesk-revision']}`];

  const titles = columns.map((column) => column.title);
  const table = [titles, ...rows, footer];
  const widths = columns.map((_, n) => Math.max(...table.map((cells) => cells[n].length)));

  /** @param {string} left @param {string} cross @param {string} right */
  const rule = (left, cross, right) => dim(left + widths.map((width) => '─'.repeat(width + 2)).join(cross) + right);
  /** @param {string[]} cells @param {(text: string) => string} paint */
  const row = (cells, paint) =>
    dim('│') + cells.map((cell, n) => ` ${paint(aligned(cell, n, widths[n]))} `).join(dim('│')) + dim('│');

  return [
    rule('┌', '┬', '┐'),
    row(titles, bold),
    rule('├', '┼', '┤'),
    ...rows.map((cells) => row(cells, paintFor(cells[4]))),
    rule('├', '┼', '┤'),
    row(footer, bold),
    rule('└', '┴', '┘'),
    ...removed(cart, before),
  ].join('\n');
}

/** @param {Cart} cart */
function linesOf(cart) {
  return cart.line_items?.data ?? [];
}

/** @param {Stripe.LineItem} line */
function lineName(line) {
  const variant = line.price?.nickname;
  return variant ? `${line.description}, ${variant}` : String(line.description);
}

/** @param {Stripe.LineItem} line */
function unitPrice(line) {
  const amount = money(line.price?.unit_amount ?? 0, line.currency);
  return line.price?.recurring ? `${amount} / ${line.price.recurring.interval}` : amount;
}

/**
 * Lines are followed by their ids, which stay the same for as long as a line is in the cart.
 * @param {Stripe.LineItem} line
 * @param {Cart} cart
 * @param {Cart} before
 */
function whatHappened(line, cart, before) {
  const earlier = linesOf(before).find(({ id }) => id === line.id);
  if (!earlier) return 'added';
  if (earlier.price?.id !== line.price?.id) return `was ${lineName(earlier)}`;
  if (earlier.quantity !== line.quantity) return `quantity ${earlier.quantity} → ${line.quantity}`;
  // A line has moved if it has overtaken another; that others were added or removed before it is no move.
  const overtook = sharedIds(cart, before).indexOf(line.id) !== sharedIds(before, cart).indexOf(line.id);
  return overtook ? `place ${placeOf(line, before)} → ${placeOf(line, cart)}` : 'kept';
}

/**
 * Counts from one, as a person does.
 * @param {Stripe.LineItem} line
 * @param {Cart} cart
 */
function placeOf(line, cart) {
  return linesOf(cart).findIndex(({ id }) => id === line.id) + 1;
}

/**
 * The lines that two carts share, in the order of the first.
 * @param {Cart} cart
 * @param {Cart} other
 */
function sharedIds(cart, other) {
  const ids = new Set(linesOf(other).map((line) => line.id));
  return linesOf(cart).map((line) => line.id).filter((id) => ids.has(id));
}

/**
 * A sentence for each line that is no longer there.
 * @param {Cart} cart
 * @param {Cart} [before]
 */
function removed(cart, before) {
  if (!before) return [];
  const kept = new Set(sharedIds(before, cart));
  return linesOf(before)
    .filter((line) => !kept.has(line.id))
    .map((line) => yellow(`  removed: ${lineName(line)}`));
}

/** @param {string} happened */
function paintFor(happened) {
  return happened === 'kept' ? (/** @type {string} */ text) => text : green;
}

/**
 * @param {string} text
 * @param {number} column
 * @param {number} width
 */
function aligned(text, column, width) {
  return columns[column].align === 'left' ? text.padEnd(width) : text.padStart(width);
}

/**
 * @param {number} cents
 * @param {string} currency one with two decimals, like the demo's
 */
function money(cents, currency) {
  return new Intl.NumberFormat('en-US', { style: 'currency', currency }).format(cents / 100);
}
