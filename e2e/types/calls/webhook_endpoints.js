// @ts-check
// Every operation on webhook endpoints.

/** @import { Recorder } from '../recorder.js' */

const endpoint = 'Stripe.WebhookEndpoint';
const endpoints = 'Stripe.ApiList<Stripe.WebhookEndpoint>';

/** @param {Recorder} recorder */
export async function callWebhookEndpoints({ apiVersion, del, get, post }) {
  await post(endpoint, '/v1/webhook_endpoints', 'with what it needs', {
    url: 'https://shop.example/hooks',
    enabled_events: ['*'],
  });
  const full = await post(endpoint, '/v1/webhook_endpoints', 'with every field', {
    url: 'https://shop.example/hooks',
    enabled_events: ['checkout.session.completed', 'coupon.created'],
    api_version: apiVersion,
    description: 'Orders',
    metadata: { shop: '7' },
  });
  const path = `/v1/webhook_endpoints/${full.id}`;
  await get(endpoint, path, 'plain');
  await post(endpoint, path, 'disabled', { disabled: true, description: '', metadata: '' });
  await get(endpoints, '/v1/webhook_endpoints', 'plain');
  await get(endpoints, '/v1/webhook_endpoints', 'a page', { limit: 1 });
  await del('Stripe.DeletedWebhookEndpoint', path, 'plain');
}
