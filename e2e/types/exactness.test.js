// @ts-check
// The check of the answers finds each field that is missing, that is too many or whose value is of another kind,
// and says which field it is.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, test } from 'node:test';

import { repository } from '../node/support/repository.js';
import { startServer } from '../node/support/server.js';
import { withAbsent } from './absent.js';
import { collect } from './collect.js';
import { compile } from './compile.js';
import { understand } from './mismatches.js';
import { mutantsOf } from './mutants.js';
import { trains } from './trains.js';
import { withoutUntyped } from './untyped.js';

const server = await startServer();
after(() => server.stop());
const folder = join(repository, 'target/types/mutants');

for (const train of await trains()) {
  test(`each mistake in an answer is found by the types of ${train.name}`, async () => {
    const bodies = withAbsent(train, withoutUntyped(train, await collect(server, train)));
    // An answer that is wrong already would hide a second mistake.
    const wrong = new Set((await compile(train, bodies, folder)).map(({ body }) => body));
    const mutants = mutantsOf(bodies.filter((_, n) => !wrong.has(n)));
    assert.ok(mutants.length > 900, `only ${mutants.length} mistakes were made`);

    const found = understand(await compile(train, mutants.map(({ body }) => body), folder));

    // A value may be found wrong in a part of it.
    const places = found.map(({ body, path }) => [body, ...path, ''].join('.'));
    const unnoticed = mutants.filter(({ path }, n) => !places.some((at) => at.startsWith([n, ...path, ''].join('.'))));
    // Of these an answer may have any part.
    const partial = /^(event data\.previous_attributes|checkout\.session payment_method_options)\./;
    const unexpected = unnoticed.filter(({ mistake, field }) => mistake !== 'missing' || !partial.test(field));
    assert.deepEqual(unexpected.map(({ mistake, field }) => `${field} ${mistake}`), []);
  });
}
