// @ts-check
// What a refusal looks like to a developer who uses the official client.

import assert from 'node:assert/strict';

import Stripe from 'stripe';

/**
 * @typedef {object} Refusal
 * @property {new (...args: any[]) => InstanceType<typeof Stripe.errors.StripeError>} [as] the client's exception;
 *   an invalid request unless said otherwise
 * @property {number} [status] 400 unless said otherwise
 * @property {string} [code]
 * @property {string} [param]
 * @property {RegExp} [message]
 */

/**
 * Expects a call to be refused and answers the client's exception.
 * @param {Promise<unknown>} call
 * @param {Refusal} expected
 */
export async function refused(call, expected) {
  const error = await call.then(
    () => assert.fail('the call should have been refused'),
    (/** @type {unknown} */ thrown) => thrown,
  );
  assert.ok(error instanceof (expected.as ?? Stripe.errors.StripeInvalidRequestError), String(error));
  assert.equal(error.statusCode, expected.status ?? 400, error.message);
  if (expected.code !== undefined) assert.equal(error.code, expected.code, error.message);
  if (expected.param !== undefined) assert.equal(error.param, expected.param, error.message);
  if (expected.message !== undefined) assert.match(error.message, expected.message);
  assert.match(error.requestId ?? '', /^req_/);
  return error;
}
