// @ts-check
// Starts the paydesk binary on a database of its own and stops it again.

import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

import { repository } from './repository.js';

/** Where the binary is; a relative PAYDESK_BIN counts from the repository, because npm changes folders. */
const binary = resolve(repository, process.env.PAYDESK_BIN ?? 'target/debug/paydesk');

/** A server that never says it is ready is broken; this only ends the wait for it. */
const startLimitMs = 30_000;

/**
 * @typedef {object} Server
 * @property {URL} url where it listens
 * @property {() => Promise<void>} stop ends it politely, expects exit code 0 and removes the database
 * @property {(...more: string[]) => Promise<any>} createKey makes a key beside the server, as `paydesk keys create`
 * @property {(id: string) => Promise<void>} revokeKey
 * @property {() => Promise<Server>} restart ends it politely and starts it again on the same database
 * @property {() => Promise<Server>} crash kills it and starts it again on the same database
 */

/** Starts a server on a fresh database file and a free port. */
export async function startServer() {
  return startOn(await mkdtemp(join(tmpdir(), 'paydesk-e2e-')));
}

/**
 * @param {string} folder holds the database
 * @returns {Promise<Server>}
 */
async function startOn(folder) {
  const child = spawn(
    binary,
    ['serve', '--listen', '127.0.0.1:0', '--database', join(folder, 'paydesk.db')],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const exited = once(child, 'exit');
  const killWithUs = () => child.kill('SIGKILL');
  process.once('exit', killWithUs);

  // Only the end of the log is kept: it is shown when something goes wrong.
  let log = '';
  child.stderr.on('data', (chunk) => (log = (log + chunk).slice(-8_000)));

  /** @param {NodeJS.Signals} signal */
  async function end(signal) {
    child.kill(signal);
    const [code] = await exited;
    process.off('exit', killWithUs);
    if (signal === 'SIGTERM') {
      assert.equal(code, 0, `paydesk should exit with 0 after SIGTERM; the end of its log:\n${log}`);
    }
  }

  const url = await Promise.race([
    listeningLine(child.stdout),
    exited.then(([code]) => {
      throw new Error(`paydesk exited with ${code} before it listened; the end of its log:\n${log}`);
    }),
  ]);

  return {
    url,
    stop: async () => {
      await end('SIGTERM');
      await rm(folder, { recursive: true });
    },
    createKey: async (...more) => JSON.parse(await keys(folder, 'create', '--json', ...more)),
    revokeKey: async (id) => void (await keys(folder, 'revoke', id)),
    restart: async () => {
      await end('SIGTERM');
      return startOn(folder);
    },
    crash: async () => {
      await end('SIGKILL');
      return startOn(folder);
    },
  };
}

/**
 * @param {string} folder holds the database
 * @param {string[]} words
 */
async function keys(folder, ...words) {
  const database = join(folder, 'paydesk.db');
  const { stdout } = await promisify(execFile)(binary, ['keys', ...words, '--database', database]);
  return stdout;
}

/** @param {import('node:stream').Readable} stdout */
async function listeningLine(stdout) {
  const lines = createInterface({ input: stdout });
  const signal = AbortSignal.timeout(startLimitMs);
  for (;;) {
    const [line] = await once(lines, 'line', { signal });
    const found = /^listening on (http:\/\/\S+)$/.exec(line);
    if (found) return new URL(found[1]);
  }
}
