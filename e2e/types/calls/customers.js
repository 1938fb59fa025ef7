// @ts-check
// Every operation on customers and their tax ids, with what makes their objects differ.

/**
 * @import { Recorder } from '../recorder.js'
 * @import { Train } from '../trains.js'
 */

const customer = 'Stripe.Customer';
const customers = 'Stripe.ApiList<Stripe.Customer>';
const found = 'Stripe.ApiSearchResult<Stripe.Customer>';
const taxId = 'Stripe.TaxId';
const taxIds = 'Stripe.ApiList<Stripe.TaxId>';

const expand = ['cash_balance', 'sources', 'subscriptions', 'tax', 'tax_ids'];

/**
 * @param {Recorder} recorder
 * @param {Train} train
 */
export async function callCustomers(recorder, train) {
  const { del, get, post, prepare } = recorder;
  await post(customer, '/v1/customers', 'of whom nothing is known');
  // Acacia and basil have one name for both.
  const hasNames = !['acacia', 'basil'].includes(train.name);
  const full = await post(customer, '/v1/customers', 'with every field', {
    address: { city: 'Köln', country: 'DE', line1: 'Hohe Straße 1', line2: '3. Stock', postal_code: '50667', state: 'NW' },
    balance: -500,
    ...(hasNames ? { business_name: 'Teehaus GmbH', individual_name: 'Ada' } : {}),
    description: 'Pays late',
    email: 'ada@example.com',
    invoice_prefix: 'TEA',
    invoice_settings: {
      custom_fields: [{ name: 'PO', value: '17' }],
      footer: 'Thanks',
      rendering_options: { amount_tax_display: 'include_inclusive_tax' },
    },
    metadata: { table: '7' },
    name: 'Teehaus',
    next_invoice_sequence: 17,
    phone: '+49 221 1234',
    preferred_locales: ['de', 'en'],
    shipping: { name: 'Lager', phone: '110', address: { country: 'FR' } },
    tax: { ip_address: '192.0.2.7', validate_location: 'immediately' },
    tax_exempt: 'reverse',
    tax_id_data: [{ type: 'eu_vat', value: 'DE123456789' }],
    expand,
  });
  const path = `/v1/customers/${full.id}`;
  await get(customer, path, 'plain');
  await get(customer, path, 'with all that can be expanded', { expand });
  await get(customer, path, 'with the customer of its tax ids expanded', {
    expand: ['tax_ids.data.customer', 'tax_ids.data.owner.customer'],
  });
  await post(customer, path, 'with all that can be expanded', { name: 'Teehaus Wien', address: '', expand });
  await get(customers, '/v1/customers', 'plain', { limit: 1 });
  await get(customers, '/v1/customers', 'with all that can be expanded', {
    expand: expand.map((field) => `data.${field}`),
  });
  await get(found, '/v1/customers/search', 'a page', { query: "name:'Teehaus Wien'", limit: 1 });
  await get(found, '/v1/customers/search', 'counted, with tax expanded', {
    query: "email~'example'",
    expand: ['total_count', 'data.tax'],
  });
  await get(customers, '/v1/customers', 'empty', { email: 'nobody@example.com' });

  const ein = await post(taxId, `${path}/tax_ids`, 'plain', { type: 'us_ein', value: '12-3456789' });
  await post(taxId, `${path}/tax_ids`, 'of no one country', { type: 'eu_oss_vat', value: 'EU123456789' });
  await get(taxId, `${path}/tax_ids/${ein.id}`, 'plain');
  await get(taxId, `${path}/tax_ids/${ein.id}`, 'with its customer expanded', { expand: ['customer.tax_ids'] });
  await get(taxIds, `${path}/tax_ids`, 'plain', { limit: 1 });
  await get(taxIds, `${path}/tax_ids`, 'with customers expanded', { expand: ['data.customer', 'data.owner.customer'] });
  await del('Stripe.DeletedTaxId', `${path}/tax_ids/${ein.id}`, 'plain');

  const { id } = await prepare('/v1/customers', {});
  await del('Stripe.DeletedCustomer', `/v1/customers/${id}`, 'plain');
  await get('Stripe.DeletedCustomer', `/v1/customers/${id}`, 'deleted');
}
