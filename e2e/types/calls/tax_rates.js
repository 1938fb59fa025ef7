// @ts-check
// Every operation on tax rates, with what makes their objects differ.

/** @import { Recorder } from '../recorder.js' */

const taxRate = 'Stripe.TaxRate';
const taxRates = 'Stripe.ApiList<Stripe.TaxRate>';

/** @param {Recorder} recorder */
export async function callTaxRates({ get, post }) {
  await post(taxRate, '/v1/tax_rates', 'with nothing but what is required', {
    display_name: 'VAT',
    inclusive: true,
    percentage: 19,
  });
  const made = await post(taxRate, '/v1/tax_rates', 'with every field', {
    active: false,
    country: 'US',
    description: 'Of Travis county',
    display_name: 'Sales tax',
    inclusive: false,
    jurisdiction: 'US - TX',
    metadata: { county: 'Travis' },
    percentage: '8.2501',
    state: 'TX',
    tax_type: 'sales_tax',
  });
  const path = `/v1/tax_rates/${made.id}`;
  await get(taxRate, path, 'plain');
  await post(taxRate, path, 'plain', { active: true, metadata: '' });
  await get(taxRates, '/v1/tax_rates', 'plain', { limit: 1 });
  await get(taxRates, '/v1/tax_rates', 'empty', { created: 1, inclusive: false, active: true });
}
