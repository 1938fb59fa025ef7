// @ts-check
// What Checkout Sessions collect; in a sandbox of its own, so that lists of sessions stay as they are elsewhere.

/**
 * @import { Params, Recorder } from '../recorder.js'
 * @import { Train } from '../trains.js'
 */

const session = 'Stripe.Checkout.Session';
const sessions = 'Stripe.ApiList<Stripe.Checkout.Session>';
const path = '/v1/checkout/sessions';

/**
 * How a session is paid, and what that makes.
 * @param {Train} train
 * @returns {Params}
 */
function paid(train) {
  const types = {
    ...(train.name === 'endive' ? { allowed_payment_method_types: ['card', 'klarna'] } : {}),
    ...(['acacia', 'basil'].includes(train.name) ? { payment_method_types: ['card', 'klarna'] } : {}),
    ...(['clover', 'dahlia', 'endive'].includes(train.name) ? { excluded_payment_method_types: ['ideal'] } : {}),
  };
  return {
    ...types,
    invoice_creation: {
      enabled: true,
      invoice_data: {
        custom_fields: [{ name: 'Order', value: '17' }],
        description: 'Coffee',
        footer: 'Thanks',
        issuer: { type: 'self' },
        metadata: { table: '7' },
        rendering_options: { amount_tax_display: 'exclude_tax' },
      },
    },
    payment_intent_data: { capture_method: 'manual', setup_future_usage: 'on_session' },
    payment_method_options: {
      card: {
        ...(['acacia', 'basil'].includes(train.name) ? {} : { capture_method: 'manual' }),
        installments: { enabled: true },
      },
    },
    payment_method_data: { allow_redisplay: 'limited' },
    ...(train.name === 'acacia' ? {} : { wallet_options: { link: { display: 'never' } } }),
    saved_payment_method_options: { allow_redisplay_filters: ['limited'], payment_method_save: 'enabled' },
  };
}

/** @type {Params} */
const cart = {
  mode: 'payment',
  success_url: 'https://shop.example/done',
  line_items: [{ price_data: { currency: 'usd', unit_amount: 350, product_data: { name: 'Espresso' } }, quantity: 2 }],
};

/** @type {Params} */
const club = {
  price_data: {
    currency: 'usd',
    unit_amount: 1900,
    product_data: { name: 'Coffee club' },
    recurring: { interval: 'month' },
  },
  quantity: 1,
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
  const branding = { background_color: '#ffeedd', icon: { type: 'url', url: 'https://shop.example/icon.png' } };
  const { id: price } = await prepare('/v1/prices', {
    currency: 'usd',
    unit_amount: 50,
    product_data: { name: 'Sugar' },
  });
  const logo = { type: 'url', url: 'https://shop.example/logo.png' };
  const offered = { price, quantity: 1, adjustable_quantity: { enabled: true, maximum: 3 } };
  const names = { business: { enabled: true }, individual: { enabled: true, optional: true } };
  await post(session, path, 'that collects everything', {
    ...cart,
    billing_address_collection: 'required',
    customer_creation: 'always',
    phone_number_collection: { enabled: true },
    tax_id_collection: { enabled: true, required: 'if_supported' },
    ...(isSinceClover ? { branding_settings: branding, name_collection: names, origin_context: 'web' } : {}),
    ...(train.name === 'acacia' ? {} : { optional_items: [offered, { price, quantity: 2 }] }),
    after_expiration: { recovery: { enabled: true } },
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
    ...paid(train),
  });
  await post(session, path, 'that collects a little', {
    ...cart,
    billing_address_collection: 'auto',
    tax_id_collection: { enabled: false },
    consent_collection: { promotions: 'none' },
    ...(isSinceClover ? { branding_settings: { logo }, name_collection: { business: { enabled: false } } } : {}),
  });
  await post(session, path, 'that collects a name', {
    ...cart,
    ...(isSinceClover ? { name_collection: { individual: { enabled: false } } } : {}),
  });

  await post(session, path, 'of a subscription', {
    mode: 'subscription',
    success_url: 'https://shop.example/done',
    line_items: [club],
    payment_method_collection: 'if_required',
    subscription_data: { description: 'Coffee club', metadata: { table: '7' } },
    ...(train.name === 'preview' ? { excluded_payment_method_types: ['klarna'] } : {}),
  });

  const { id: customer } = await prepare('/v1/customers', { email: 'ada@example.com', tax_exempt: 'exempt' });
  const expand = ['customer'];
  const made = await post(session, path, 'of a customer', { ...cart, customer, customer_update: { name: 'auto' } });
  await get(session, `${path}/${made.id}`, 'with its customer expanded', { expand });
  await get(sessions, path, 'with customers expanded', { expand: ['data.customer'], limit: 1 });
}
