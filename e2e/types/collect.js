// @ts-check
// Calls every operation at one version of each train and keeps what was answered.

import { callAccounts } from './calls/accounts.js';
import { callCatalog } from './calls/catalog.js';
import { callCoupons } from './calls/coupons.js';
import { callCustomers } from './calls/customers.js';
import { callEvents } from './calls/events.js';
import { callPromotionCodes } from './calls/promotion_codes.js';
import { callSessionAmounts } from './calls/session_amounts.js';
import { callSessionCollection } from './calls/session_collection.js';
import { callPermissions, callSessions } from './calls/sessions.js';
import { callShippingRates } from './calls/shipping_rates.js';
import { callTaxRates } from './calls/tax_rates.js';
import { callWebhookEndpoints } from './calls/webhook_endpoints.js';
import { openRecorder } from './recorder.js';

/**
 * @import { Server } from '../node/support/server.js'
 * @import { Body } from './recorder.js'
 * @import { Train } from './trains.js'
 */

/**
 * @param {Server} server
 * @param {Train} train
 * @returns {Promise<Body[]>}
 */
export async function collect(server, train) {
  /** @type {Body[]} */
  const bodies = [];
  const calls = [
    callCatalog,
    callCoupons,
    callShippingRates,
    callTaxRates,
    callPromotionCodes,
    callWebhookEndpoints,
    callCustomers,
    callSessions,
    callPermissions,
    callSessionCollection,
    callSessionAmounts,
    callEvents,
    callAccounts,
  ];
  for (const callAll of calls) {
    const recorder = openRecorder(server, train.apiVersion);
    await callAll(recorder, train);
    bodies.push(...recorder.bodies);
  }
  return bodies;
}
