// @ts-check
// Holds every answer of the server against the types of Stripe's own SDK, one release of each train.

import { join } from 'node:path';

import { repository } from '../node/support/repository.js';
import { startServer } from '../node/support/server.js';
import { withAbsent } from './absent.js';
import { collect } from './collect.js';
import { mismatchesOf } from './mismatches.js';
import { report } from './report.js';
import { trains } from './trains.js';
import { withoutUntyped } from './untyped.js';

const server = await startServer();
const folder = join(repository, 'target/types');
for (const train of await trains()) {
  const bodies = withAbsent(train, withoutUntyped(train, await collect(server, train)));
  const mismatches = await mismatchesOf(train, bodies, folder);
  console.log(report(train, bodies, mismatches));
  if (mismatches.length > 0) process.exitCode = 1;
}
await server.stop();
