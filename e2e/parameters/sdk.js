// @ts-check
// The methods of Stripe's SDK, and the parameters that its types give each of them.

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

// The compiler as a library, which its newest release is not yet.
import { getLibFiles, libFolderInMemoryPath, ts } from '@ts-morph/common';

import { repository } from '../node/support/repository.js';

/** @import { Parameter } from './parameter.js' */

/**
 * @typedef {object} Method a method of the SDK that sends one kind of request
 * @property {string} endpoint method and path, with `{id}` for what varies
 * @property {() => Parameter[]} parameters
 */

const call = /^ {4}(?:async )?(\w+)\(|_makeRequest\('(GET|POST|DELETE)', (?:'([^']+)'|`([^`]+)`)/gm;

/**
 * @param {string} release the name under which e2e/package.json has it
 * @returns {Promise<Method[]>}
 */
export async function methodsOf(release) {
  const sdk = join(repository, 'node_modules', release, 'esm');
  const files = await readdir(join(sdk, 'resources'), { recursive: true });
  const modules = files.filter((file) => file.endsWith('.js')).map((file) => join(sdk, 'resources', file));
  const declarations = modules.map((module) => module.replace(/\.js$/, '.d.ts'));
  const options = {
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    strict: true,
    skipLibCheck: true,
    types: [],
  };
  const program = ts.createProgram(declarations, options, hostOf(options));
  const methods = [];
  for (const [n, module] of modules.entries()) {
    const declared = methodsIn(program, declarations[n]);
    let name = '';
    // The SDK's code says where each method sends its request, the types what it sends.
    for (const [, method, verb, plain, template] of (await readFile(module, 'utf8')).matchAll(call)) {
      if (method) {
        name = method;
        continue;
      }
      const path = plain ?? template.replaceAll(/\$\{[^}]+\}/g, '{id}');
      if (!/^\/v\d\//.test(path)) continue;
      const overloads = declared.get(name);
      if (!overloads) throw new Error(`${declarations[n]} does not declare ${name}`);
      methods.push({ endpoint: `${verb} ${path}`, parameters: () => parametersOf(program, overloads) });
    }
  }
  return methods;
}

/**
 * A host that reads files as they are, and the language's own types from where the library has them.
 * @param {ts.CompilerOptions} options
 */
function hostOf(options) {
  const host = ts.createCompilerHost(options);
  const libraries = new Map(getLibFiles().map(({ fileName, text }) => [`${libFolderInMemoryPath}/${fileName}`, text]));
  const { fileExists, readFile } = host;
  host.getDefaultLibLocation = () => libFolderInMemoryPath;
  host.getDefaultLibFileName = () => `${libFolderInMemoryPath}/${ts.getDefaultLibFileName(options)}`;
  host.fileExists = (file) => libraries.has(file) || fileExists(file);
  host.readFile = (file) => libraries.get(file) ?? readFile(file);
  return host;
}

/**
 * @param {ts.Program} program
 * @param {string} file
 */
function methodsIn(program, file) {
  /** @type {Map<string, ts.MethodDeclaration[]>} */
  const methods = new Map();
  for (const statement of program.getSourceFile(file)?.statements ?? []) {
    if (!ts.isClassDeclaration(statement)) continue;
    for (const member of statement.members.filter(ts.isMethodDeclaration)) {
      const name = textOf(member.name);
      methods.set(name, [...(methods.get(name) ?? []), member]);
    }
  }
  return methods;
}

/**
 * @param {ts.Program} program
 * @param {ts.MethodDeclaration[]} overloads
 * @returns {Parameter[]}
 */
function parametersOf(program, overloads) {
  const params = overloads.flatMap(({ parameters }) => [...parameters]).find(({ name }) => textOf(name) === 'params');
  if (!params?.type) return [];
  const checker = program.getTypeChecker();
  return propertiesOf(checker, checker.getTypeFromTypeNode(params.type));
}

/**
 * @param {ts.TypeChecker} checker
 * @param {ts.Type} type
 * @returns {Parameter[]}
 */
function propertiesOf(checker, type) {
  return checker.getPropertiesOfType(type).map((property) => {
    const isOptional = (property.flags & ts.SymbolFlags.Optional) !== 0;
    return parameterOf(checker, property.name, checker.getTypeOfSymbol(property), !isOptional);
  });
}

/**
 * @param {ts.TypeChecker} checker
 * @param {string} name
 * @param {ts.Type} type
 * @param {boolean} isRequired
 * @returns {Parameter}
 */
function parameterOf(checker, name, type, isRequired) {
  /** @type {Parameter} */
  const parameter = { name, kinds: [], words: [], isRequired, canBeUnset: false, inside: [] };
  /** @param {string} kind */
  const kind = (kind) => parameter.kinds.includes(kind) || parameter.kinds.push(kind);
  let isText = false;
  for (const part of partsOf(type)) {
    if (part.flags & ts.TypeFlags.Null) parameter.canBeUnset = true;
    else if (part.isStringLiteral()) {
      if (part.value === '') parameter.canBeUnset = true;
      else {
        parameter.words.push(part.value);
        isText = true;
      }
    } else if (part.flags & ts.TypeFlags.BooleanLike) kind('boolean');
    else if (part.flags & ts.TypeFlags.NumberLike) kind('number');
    else if (part.flags & ts.TypeFlags.StringLike) kind('text');
    else if (checker.isArrayType(part)) {
      const [element] = checker.getTypeArguments(/** @type {ts.TypeReference} */ (part));
      const inner = parameterOf(checker, name, element, false);
      kind(`list of ${inner.kinds.join(' or ')}`);
      parameter.words.push(...inner.words);
      parameter.inside.push(...inner.inside);
    } else if (part.getProperty('isZero')) kind('text');
    // Enumerations admit any other text, for values of versions to come.
    else if (part.isIntersection()) isText = true;
    else if (part.getStringIndexType()) {
      const inner = parameterOf(checker, name, /** @type {ts.Type} */ (part.getStringIndexType()), false);
      kind(`map of ${inner.kinds.join(' or ')}`);
      parameter.inside.push(...inner.inside);
    } else {
      kind('object');
      parameter.inside.push(...propertiesOf(checker, part));
    }
  }
  if (isText) kind('text');
  parameter.kinds.sort();
  return parameter;
}

/** @param {ts.Node} name */
function textOf(name) {
  return ts.isIdentifier(name) ? name.text : '';
}

/** @param {ts.Type} type */
function partsOf(type) {
  const parts = type.isUnion() ? type.types : [type];
  return parts.filter((part) => !(part.flags & ts.TypeFlags.Undefined));
}
