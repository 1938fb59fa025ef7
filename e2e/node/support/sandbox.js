// @ts-check
// A sandbox of its own for a test: the official client on a fresh key, and plain HTTP beside it.

import { randomUUID } from 'node:crypto';

import Stripe from 'stripe';

/**
 * @typedef {object} Sandbox
 * @property {Stripe} stripe the official client on this sandbox's key
 * @property {string} key the secret key
 * @property {string} publishableKey
 * @property {(path: string, form: Record<string, string>, headers?: Record<string, string>) => Promise<Response>} post
 *   sends a form without the client, for what the client hides: bytes and headers
 */

/**
 * Opens a sandbox nobody else uses.
 * @param {import('./server.js').Server} server
 * @returns {Sandbox}
 */
export function openSandbox(server) {
  const name = `e2e_${randomUUID().replaceAll('-', '')}`;
  const key = `sk_test_${name}`;
  return {
    stripe: clientOf(server, key),
    key,
    publishableKey: `pk_test_${name}`,
    post: (path, form, headers = {}) =>
      fetch(new URL(path, server.url), {
        method: 'POST',
        headers: { Authorization: `Bearer ${key}`, ...headers },
        body: new URLSearchParams(form),
      }),
  };
}

/**
 * The official client, changed in nothing but its address. It does not retry, so that a test sees each answer.
 * @param {import('./server.js').Server} server
 * @param {string} key
 */
export function clientOf(server, key) {
  const { hostname, port } = server.url;
  return new Stripe(key, { protocol: 'http', host: hostname, port, maxNetworkRetries: 0, telemetry: false });
}
