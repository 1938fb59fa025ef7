// @ts-check
// Where the parameters that the server takes, and those it says it has not, differ from the SDK's.

/**
 * @import { Parameter } from './parameter.js'
 * @import { Endpoint } from './server.js'
 */

/**
 * One line for each parameter that differs: its path and how.
 * @param {Parameter[]} sdk
 * @param {Endpoint} server
 * @returns {string[]}
 */
export function differencesOf(sdk, server) {
  /** @type {string[]} */
  const differences = [];
  const unsupported = new Set(server.unsupported);

  /**
   * @param {Parameter[]} ours
   * @param {Parameter[]} theirs
   * @param {string} before
   */
  function compare(ours, theirs, before) {
    for (const their of theirs) {
      const path = before + their.name;
      const our = ours.find(({ name }) => name === their.name);
      if (unsupported.delete(path)) {
        if (our) differences.push(`${path} is read, and listed as unsupported`);
      } else if (our) {
        differences.push(...kindsOf(our, their).map((difference) => `${path} ${difference}`));
        compare(our.inside, their.inside, `${path}.`);
      } else {
        differences.push(`${path} is neither read nor listed as unsupported`);
      }
    }
    // Every operation takes `expand`; the types of deletions don't have it, for there is nothing left to expand.
    const known = theirs.map(({ name }) => name);
    if (server.endpoint.startsWith('DELETE')) known.push('expand');
    for (const { name } of ours.filter(({ name }) => !known.includes(name))) {
      differences.push(`${before}${name} is read, and the SDK does not have it`);
    }
  }

  compare(server.parameters, sdk, '');
  for (const path of unsupported) differences.push(`${path} is listed as unsupported, and the SDK does not have it`);
  return differences;
}

/**
 * @param {Parameter} our
 * @param {Parameter} their
 */
function kindsOf(our, their) {
  const differences = [];
  /** @param {string[]} names */
  const list = (names) => [...new Set(names)].sort().join(', ');
  // The texts of metadata may be written as numbers, which makes no difference in a form.
  const theirKinds = their.kinds.map((kind) => kind.replace('map of number or text', 'map of text'));
  if (list(our.kinds) !== list(theirKinds)) {
    differences.push(`is ${our.kinds.join(' or ')}, and for the SDK ${theirKinds.join(' or ')}`);
  }
  if (list(our.words) !== list(their.words)) {
    const missing = their.words.filter((word) => !our.words.includes(word));
    const extra = our.words.filter((word) => !their.words.includes(word));
    if (our.words.length === 0) differences.push('is any text, and for the SDK one of several words');
    else if (missing.length > 0) differences.push(`knows nothing of ${list(missing)}`);
    if (extra.length > 0) differences.push(`knows ${list(extra)}, which the SDK does not`);
  }
  if (our.isRequired !== their.isRequired) differences.push(`is ${our.isRequired ? 'required' : 'optional'} only here`);
  // An empty text is a text to the types. It clears metadata wherever that is taken, also where an object is new.
  const isText = their.kinds.includes('text') && their.words.length === 0;
  const isMetadata = our.kinds.includes('map of text');
  if (their.canBeUnset && !our.canBeUnset) differences.push('cannot be unset only here');
  if (our.canBeUnset && !their.canBeUnset && !isText && !isMetadata) differences.push('can be unset only here');
  return differences;
}
