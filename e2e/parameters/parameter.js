// @ts-check
// A parameter as the SDK and the server both have it, so that the two can be compared.

/**
 * @typedef {object} Parameter
 * @property {string} name
 * @property {string[]} kinds `text`, `number`, `boolean`, `object`, `list of …`, `map of …`
 * @property {string[]} words what a text may be, where it is one of several words
 * @property {boolean} isRequired
 * @property {boolean} canBeUnset whether an empty text is a value
 * @property {Parameter[]} inside the parameters of an object, or of the objects of a list or a map
 */

export {};
