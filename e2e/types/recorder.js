// @ts-check
// Calls the server as its SDK would and keeps each answer as it was on the wire.

import assert from 'node:assert/strict';

import { openSandbox } from '../node/support/sandbox.js';

/** @import { Server } from '../node/support/server.js' */

/**
 * @typedef {object} Body an answer, and what it should be
 * @property {string} operation method and path
 * @property {string} note what is particular about this call
 * @property {string} type the TypeScript type it must have
 * @property {any} value
 */

/**
 * @typedef {null | boolean | number | string | Param[] | { [name: string]: Param }} Param
 * @typedef {{ [name: string]: Param }} Params
 */

/**
 * @typedef {object} Recorder
 * @property {string} apiVersion
 * @property {Body[]} bodies
 * @property {(type: string, path: string, note: string, params?: Params) => Promise<any>} get
 * @property {(type: string, path: string, note: string, params?: Params) => Promise<any>} post
 * @property {(type: string, path: string, note: string, params?: Params) => Promise<any>} del
 * @property {(path: string, params: Params) => Promise<any>} prepare posts without keeping the answer
 */

/**
 * Opens a sandbox at one API version. The SDK's own client would change the bodies: it makes objects of decimals.
 * @param {Server} server
 * @param {string} apiVersion
 * @returns {Recorder}
 */
export function openRecorder(server, apiVersion) {
  const { key } = openSandbox(server);
  /** @type {Body[]} */
  const bodies = [];

  /**
   * @param {'GET' | 'POST' | 'DELETE'} method
   * @param {string} path
   * @param {Params} params
   */
  async function call(method, path, params) {
    const form = formOf(params);
    const url = new URL(method === 'POST' ? path : `${path}?${form}`, server.url);
    const answer = await fetch(url, {
      method,
      headers: { Authorization: `Bearer ${key}`, 'Stripe-Version': apiVersion },
      body: method === 'POST' ? form : undefined,
    });
    const text = await answer.text();
    assert.equal(answer.status, 200, `${method} ${path} at ${apiVersion} with ${form}: ${text}`);
    return JSON.parse(text);
  }

  /** @param {'GET' | 'POST' | 'DELETE'} method */
  function keeping(method) {
    /**
     * @param {string} type
     * @param {string} path
     * @param {string} note
     * @param {Params} params
     */
    return async (type, path, note, params = {}) => {
      const value = await call(method, path, params);
      bodies.push({ operation: `${method} ${templateOf(path)}`, note, type, value });
      return value;
    };
  }

  return {
    apiVersion,
    bodies,
    get: keeping('GET'),
    post: keeping('POST'),
    del: keeping('DELETE'),
    prepare: (path, params) => call('POST', path, params),
  };
}

/** @param {string} path */
function templateOf(path) {
  return path.replace(/\/(?:acct|prod|price|coupon|promo|cs_test|cus|evt|shr|txi|txr|we)_\w+/g, '/{id}');
}

/** @param {Params} params */
function formOf(params) {
  const form = new URLSearchParams();
  /**
   * @param {string} name
   * @param {Param} value
   */
  function add(name, value) {
    if (value !== null && typeof value === 'object') {
      for (const [key, inner] of Object.entries(value)) add(`${name}[${key}]`, inner);
    } else {
      form.append(name, String(value ?? ''));
    }
  }
  for (const [name, value] of Object.entries(params)) add(name, value);
  return form;
}
