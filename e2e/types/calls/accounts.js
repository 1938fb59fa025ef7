// @ts-check
// The account of a key.

/** @import { Recorder } from '../recorder.js' */

/** @param {Recorder} recorder */
export async function callAccounts({ get }) {
  const own = await get('Stripe.Account', '/v1/account', 'plain');
  await get('Stripe.Account', `/v1/accounts/${own.id}`, 'plain');
}
