// @ts-check
// HTTP as clients other than the SDK speak it: HTTP/2 without TLS, compressed answers, HEAD.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import http2 from 'node:http2';
import { after, test } from 'node:test';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';

import { inline, openCart } from './support/cart.js';
import { openSandbox } from './support/sandbox.js';
import { startServer } from './support/server.js';

const server = await startServer();
after(() => server.stop());

const { key, stripe } = openSandbox(server);
const session = await openCart(stripe, [inline('Espresso', 350)]);
const path = `/v1/checkout/sessions/${session.id}?expand[]=line_items`;

/**
 * Sends one request within a session of HTTP/2.
 * @param {http2.ClientHttp2Session} connection
 * @param {http2.OutgoingHttpHeaders} headers
 */
async function ask(connection, headers) {
  const stream = connection.request({ authorization: `Bearer ${key}`, ...headers });
  /** @type {Buffer[]} */
  const chunks = [];
  stream.on('data', (chunk) => chunks.push(chunk));
  const ended = once(stream, 'end');
  const [answered] = await once(stream, 'response');
  await ended;
  return { headers: /** @type {http2.IncomingHttpHeaders} */ (answered), body: Buffer.concat(chunks) };
}

test('many requests share one connection of HTTP/2', async () => {
  const connection = http2.connect(server.url);
  after(() => connection.close());
  const answers = await Promise.all(Array.from({ length: 50 }, () => ask(connection, { ':path': path })));
  for (const { headers, body } of answers) {
    assert.equal(headers[':status'], 200);
    assert.equal(JSON.parse(body.toString()).id, session.id);
  }
});

test('compressed answers are the same bytes once they are decoded', async () => {
  const connection = http2.connect(server.url);
  after(() => connection.close());
  const plain = await ask(connection, { ':path': path });
  /** @type {[string, (body: Buffer) => Buffer][]} */
  const codings = [
    ['gzip', gunzipSync],
    ['br', brotliDecompressSync],
  ];
  for (const [coding, decode] of codings) {
    const coded = await ask(connection, { ':path': path, 'accept-encoding': coding });
    assert.equal(coded.headers['content-encoding'], coding);
    assert.ok(coded.body.length < plain.body.length / 2, `${coded.body.length} of ${plain.body.length}`);
    assert.deepEqual(decode(coded.body), plain.body);
  }
});

test('HEAD tells the length of what GET answers', async () => {
  const url = new URL(path, server.url);
  const headers = { Authorization: `Bearer ${key}`, 'Accept-Encoding': 'identity' };
  const get = await fetch(url, { headers });
  const head = await fetch(url, { method: 'HEAD', headers });
  assert.equal(head.status, 200);
  assert.equal(head.headers.get('content-length'), String((await get.arrayBuffer()).byteLength));
  assert.equal((await head.arrayBuffer()).byteLength, 0);
});
