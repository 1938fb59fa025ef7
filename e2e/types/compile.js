// @ts-check
// Runs the TypeScript compiler on the answers at one version and says which field each of its errors is about.

import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

import { repository } from '../node/support/repository.js';
import { moduleOf } from './literal.js';

/**
 * @import { Place } from './literal.js'
 * @import { Body } from './recorder.js'
 * @import { Train } from './trains.js'
 */

/** @typedef {Place & { text: string }} CompilerError */

const tsc = join(repository, 'node_modules/.bin/tsc');

/**
 * @param {Train} train
 * @param {Body[]} bodies
 * @param {string} folder where the module is written
 * @returns {Promise<CompilerError[]>}
 */
export async function compile(train, bodies, folder) {
  /** @param {string} path */
  const there = (path) => relative(folder, join(repository, path));
  const { text, places } = moduleOf(bodies, there('e2e/types/wire.ts'));
  const project = join(folder, `${train.name}.json`);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, `${train.name}.ts`), text);
  // The types of an earlier release declare a module `stripe`, whatever name it is installed under, and are in a
  // folder of their own.
  const entries = ['types/index.d.ts', 'esm/stripe.esm.node.d.ts'];
  const paths = { stripe: entries.map((entry) => there(`node_modules/${train.alias}/${entry}`)) };
  await writeFile(
    project,
    JSON.stringify({
      extends: there('e2e/tsconfig.types.json'),
      compilerOptions: { paths },
      files: [`${train.name}.ts`],
    }),
  );

  const output = await outputOf(['--project', project, '--pretty', 'false']);
  return errorsIn(output).map(({ line, text }) => {
    const place = line === undefined ? undefined : places[line - 1];
    // Not about an answer: a release is not installed, or what was written is no TypeScript, and then the compiler
    // has not looked at types at all.
    if (!place || text.includes('error TS1')) throw new Error(`${train.name}: ${text}`);
    return { ...place, text };
  });
}

/**
 * @param {string[]} args
 * @returns {Promise<string>}
 */
function outputOf(args) {
  return new Promise((resolve, reject) => {
    execFile(tsc, args, { cwd: repository, maxBuffer: 2 ** 28 }, (error, stdout, stderr) => {
      // A code is the compiler's way of saying that there are errors, which are in its output.
      if (error && typeof error.code !== 'number') reject(error);
      else if (stderr) reject(new Error(stderr));
      else resolve(stdout);
    });
  });
}

/** @param {string} output */
function errorsIn(output) {
  /** @type {{ line: number | undefined, text: string }[]} */
  const errors = [];
  for (const line of output.split('\n').filter((line) => line !== '')) {
    const found = /^(?:.*\((\d+),\d+\): )?error TS\d+: .*/.exec(line);
    if (found) {
      errors.push({ line: found[1] === undefined ? undefined : Number(found[1]), text: line });
    } else if (errors.length > 0) {
      // An error goes on in lines that are indented.
      errors[errors.length - 1].text += `\n${line}`;
    } else {
      errors.push({ line: undefined, text: line });
    }
  }
  return errors;
}
