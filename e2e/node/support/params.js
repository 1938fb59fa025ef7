// @ts-check
// The one place where parameters go beyond the client's types.

/** @import { Stripe } from 'stripe' */

/**
 * A session whose cart only the shop's server may change. `permissions.update_line_items` is a preview
 * parameter: the general release of the client sends it, but its types do not list it.
 * @param {Stripe.Checkout.SessionCreateParams} params
 * @returns {Stripe.Checkout.SessionCreateParams}
 */
export function serverOnly(params) {
  return offType({ ...params, permissions: { update_line_items: 'server_only' } });
}

/**
 * What a session says about who may change its cart; not in the types for the same reason.
 * @param {Stripe.Checkout.Session} session
 * @returns {string | undefined}
 */
export function updateLineItemsPermission(session) {
  const permissions = /** @type {{ update_line_items?: string } | null} */ (session.permissions);
  return permissions?.update_line_items;
}

/**
 * Parameters that the types refuse, for tests of how the server refuses them.
 * @param {unknown} params
 * @returns {any}
 */
export function offType(params) {
  return params;
}
