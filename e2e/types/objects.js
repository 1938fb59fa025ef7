// @ts-check
// Looks into answers: Stripe's objects are inside one another, however deep.

/**
 * Every object that says what it is, the outermost first.
 * @param {any} value
 * @returns {any[]}
 */
export function objectsIn(value) {
  if (value === null || typeof value !== 'object') return [];
  const inner = Object.values(value).flatMap(objectsIn);
  return typeof value.object === 'string' ? [value, ...inner] : inner;
}

/**
 * A field as its reference page names it: the innermost object around it, and the path from there.
 * @param {any} value
 * @param {(string | number)[]} path
 * @param {number} [outward] 1 for the object around the innermost one, if there is one
 */
export function fieldOf(value, path, outward = 0) {
  const around = [];
  let here = value;
  for (const [depth, key] of path.entries()) {
    if (typeof here?.object === 'string') around.push({ object: here.object, depth });
    here = here?.[key];
  }
  const { object, depth } = around.at(-1 - outward) ?? around[0] ?? { object: '', depth: 0 };
  const names = path.slice(depth).map((key) => (typeof key === 'number' ? '[]' : key));
  return { object, path: names.join('.') };
}

/**
 * A copy that can be changed. What is not data, such as a mark in the place of a value, is kept as it is.
 * @param {any} value
 * @returns {any}
 */
export function copyOf(value) {
  if (Array.isArray(value)) return value.map(copyOf);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, copyOf(inner)]));
}
