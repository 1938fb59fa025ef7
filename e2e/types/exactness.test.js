// @ts-check
// The check of the answers finds every field that is missing, that is too many, or that has a value of another kind.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, test } from 'node:test';

import { repository } from '../node/support/repository.js';
import { startServer } from '../node/support/server.js';
import { collect } from './collect.js';
import { compile } from './compile.js';
import { mutantsOf } from './mutants.js';
import { trains } from './trains.js';
import { withoutUntyped } from './untyped.js';

const server = await startServer();
after(() => server.stop());
const folder = join(repository, 'target/types/mutants');

for (const train of await trains()) {
  test(`each mistake in an answer is found by the types of ${train.name}`, async () => {
    const bodies = withoutUntyped(train, await collect(server, train));
    const wrong = new Set((await compile(train, bodies, folder)).map(({ body }) => body));
    const mutants = mutantsOf(bodies.filter((_, n) => !wrong.has(n)));

    const errors = await compile(train, mutants.map(({ body }) => body), folder);

    const found = new Set(errors.map(({ body }) => body));
    const unnoticed = mutants.filter((_, n) => !found.has(n)).map(({ field, mistake }) => `${field} ${mistake}`);
    console.log(train.name, mutants.length, unnoticed.length); console.log(unnoticed.join('\n'));
  });
}
