// @ts-check
// Colour for a terminal, and plain text for everything else.

const coloured = process.stdout.isTTY && process.env.NO_COLOR === undefined;

/** @param {number} code */
const paint = (code) => (/** @type {string} */ text) => (coloured ? `\x1b[${code}m${text}\x1b[0m` : text);

export const bold = paint(1);
export const dim = paint(2);
export const green = paint(32);
export const yellow = paint(33);
