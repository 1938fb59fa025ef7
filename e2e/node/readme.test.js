// @ts-check
// The README's JavaScript examples run as they stand.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { promisify } from 'node:util';

import { repository } from './support/repository.js';
import { startServer } from './support/server.js';

/** An example that hangs is as broken as one that fails. */
const runLimitMs = 60_000;

const readme = await readFile(join(repository, 'README.md'), 'utf8');
const snippets = [...readme.matchAll(/<!-- snippet: node -->\s*```js\n(.*?)^```/gms)].map((found) => found[1]);

const server = await startServer();
after(() => server.stop());

test('the README has a JavaScript example', () => {
  assert.notEqual(snippets.length, 0, 'README.md has no ```js block after a line <!-- snippet: node -->');
});

for (const [n, snippet] of snippets.entries()) {
  test(`JavaScript example ${n + 1} of the README runs`, async () => {
    // Inside the repository, so that the example finds the client where the tests do.
    await mkdir(join(repository, 'target'), { recursive: true });
    const folder = await mkdtemp(join(repository, 'target/readme-'));
    after(() => rm(folder, { recursive: true }));
    const file = join(folder, 'snippet.mjs');
    await writeFile(file, onThisServer(snippet));

    await promisify(execFile)(process.execPath, [file], { timeout: runLimitMs });
  });
}

/**
 * The examples talk to the default port, which may be taken here: only that is replaced, in an address as
 * well as where the client wants the port on its own.
 * @param {string} snippet
 */
function onThisServer(snippet) {
  return snippet.replaceAll(/\b4242\b/g, server.url.port);
}
