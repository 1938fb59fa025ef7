// @ts-check
// The repository's root folder, whatever folder the tests are run from.

import { resolve } from 'node:path';

export const repository = resolve(import.meta.dirname, '../../..');
