#!/usr/bin/env node
// Starts the paydesk binary of this platform, and is to whoever started it what the binary is: it passes
// arguments, standard streams, signals and the exit code through.

'use strict';

const { spawn } = require('node:child_process');

const name = `@paydesk/${process.platform}-${process.arch}`;

/** Where the binary is, in the package of this platform. */
function binary() {
  try {
    return require.resolve(`${name}/bin/paydesk`);
  } catch {
    console.error(
      `error: the package ${name} is not installed. Either there is none for this platform, or optional ` +
        'dependencies were left out: install without --no-optional and --omit=optional.',
    );
    process.exit(1);
  }
}

// In a session of its own: a Ctrl-C then reaches it once, from here, and not from the terminal as well. Told
// twice, the server would not wait for the requests under way.
const child = spawn(binary(), process.argv.slice(2), { stdio: 'inherit', detached: true });

// A terminal that is closed asks for an end in order too.
for (const [signal, passed] of [['SIGINT', 'SIGINT'], ['SIGTERM', 'SIGTERM'], ['SIGHUP', 'SIGTERM']]) {
  process.on(signal, () => child.kill(passed));
}

child.on('error', (error) => {
  console.error(`error: ${error.message}`);
  process.exit(1);
});

child.on('exit', (code, signal) => {
  if (signal === null) {
    process.exit(code);
  }
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
});
