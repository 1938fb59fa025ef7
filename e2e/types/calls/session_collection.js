// @ts-check
// What Checkout Sessions collect; in a sandbox of its own, so that lists of sessions stay as they are elsewhere.

/**
 * @import { Params, Recorder } from '../recorder.js'
 * @import { Train } from '../trains.js'
 */

const session = 'Stripe.Checkout.Session';
const sessions = 'Stripe.ApiList<Stripe.Checkout.Session>';
const path = '/v1/checkout/sessions';

/** @type {Params} */
const cart = {
  mode: 'payment',
  success_url: 'https://shop.example/done',
  line_items: [{ price_data: { currency: 'usd', unit_amount: 350, product_data: { name: 'Espresso' } }, quantity: 2 }],
};

const field = { label: { type: 'custom', custom: 'Which?' } };

/**
 * @param {Recorder} recorder
 * @param {Train} train
 */
export async function callSessionCollection(recorder, train) {
  const { get, post, prepare } = recorder;
  // Acacia and basil do not know these yet.
  const isSinceClover = !['acacia', 'basil'].includes(train.name);
  const names = { business: { enabled: true }, individual: { enabled: true, optional: true } };
  await post(session, path, 'that collects everything', {
    ...cart,
    billing_address_collection: 'required',
    customer_creation: 'always',
    phone_number_collection: { enabled: true },
    tax_id_collection: { enabled: true, required: 'if_supported' },
    ...(isSinceClover ? { name_collection: names, origin_context: 'web' } : {}),
    consent_collection: {
      payment_method_reuse_agreement: { position: 'hidden' },
      promotions: 'auto',
      terms_of_service: 'required',
    },
    custom_fields: [
      { ...field, key: 'wrapping', type: 'dropdown', dropdown: { options: [{ label: 'Red', value: 'red' }] } },
      { ...field, key: 'number', type: 'numeric', numeric: { minimum_length: 3, maximum_length: 5 } },
      { ...field, key: 'greeting', type: 'text', text: { default_value: 'Hello' }, optional: true },
    ],
    custom_text: {
      after_submit: { message: 'Thank you' },
      shipping_address: { message: 'To the door' },
      submit: { message: 'Go' },
      terms_of_service_acceptance: { message: 'I agree' },
    },
    shipping_address_collection: { allowed_countries: ['DE', 'ZZ'] },
    submit_type: 'book',
  });
  await post(session, path, 'that collects a little', {
    ...cart,
    billing_address_collection: 'auto',
    tax_id_collection: { enabled: false },
    consent_collection: { promotions: 'none' },
    ...(isSinceClover ? { name_collection: { business: { enabled: false } } } : {}),
  });
  await post(session, path, 'that collects a name', {
    ...cart,
    ...(isSinceClover ? { name_collection: { individual: { enabled: false } } } : {}),
  });

  const { id: customer } = await prepare('/v1/customers', { email: 'ada@example.com', tax_exempt: 'exempt' });
  const expand = ['customer'];
  const made = await post(session, path, 'of a customer', { ...cart, customer, customer_update: { name: 'auto' } });
  await get(session, `${path}/${made.id}`, 'with its customer expanded', { expand });
  await get(sessions, path, 'with customers expanded', { expand: ['data.customer'], limit: 1 });
}
