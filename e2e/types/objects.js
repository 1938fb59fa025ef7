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
 * The name at the end of a path, and what can have it: the parts of an answer's objects that the path leads to.
 * `[]` in it stands for each entry of a list, or of a map. What was deleted has nothing but its id.
 * @param {any} value
 * @param {{ object: string, path: string }} field
 * @returns {{ name: string, owners: any[] }}
 */
export function ownersOf(value, { object, path }) {
  const keys = path.split('.');
  const name = keys.pop() ?? '';
  const objects = objectsIn(value).filter((one) => one.object === object && !one.deleted);
  const owners = keys.reduce(
    (parts, key) => parts.flatMap((part) => (key === '[]' ? Object.values(part ?? {}) : [part?.[key]])),
    objects,
  );
  return { name, owners: owners.filter((owner) => owner && typeof owner === 'object') };
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
