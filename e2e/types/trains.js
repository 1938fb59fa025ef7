// @ts-check
// The releases of Stripe's SDK whose types the answers are held against: one of each train of API versions.

/**
 * @typedef {object} Train
 * @property {string} name
 * @property {string} alias the name under which e2e/package.json has the release
 * @property {string} release the SDK's version
 * @property {string} apiVersion the version its types describe
 */

/** The preview's types also have what no general release has yet, such as `permissions.update_line_items`. */
const aliases = {
  acacia: 'stripe-acacia',
  basil: 'stripe-basil',
  clover: 'stripe-clover',
  dahlia: 'stripe-dahlia',
  preview: 'stripe-preview',
  endive: 'stripe',
};

/**
 * The trains, oldest first. Each SDK says itself which version it was made for.
 * @returns {Promise<Train[]>}
 */
export function trains() {
  return Promise.all(
    Object.entries(aliases).map(async ([name, alias]) => {
      const { default: Stripe } = await import(alias);
      const apiVersion = new Stripe('sk_test_types').getApiField('version');
      return { name, alias, release: Stripe.PACKAGE_VERSION, apiVersion };
    }),
  );
}
