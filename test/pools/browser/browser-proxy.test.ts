import { once } from 'node:events';
import { type IncomingMessage, type RequestListener, request as send } from 'node:http';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  type BrowserProxy,
  type BrowserProxyOptions,
  startBrowserProxy,
} from '../../../pools/browser/browser-proxy.ts';
import { GuardedLookup } from '../../../pools/net/guarded-lookup.ts';
import { AccessPolicy } from '../../../src/core/net/access-policy.ts';
import { type Loopback, serve } from '../net/loopback.ts';

interface Setting {
  readonly site: Loopback;
  readonly proxy: BrowserProxy;
}

/** A site that the policy exempts, and a proxy to it. */
async function setUp(listener: RequestListener, limits: Partial<BrowserProxyOptions> = {}): Promise<Setting> {
  const site = await serve(listener);
  const lookup = new GuardedLookup({ policy: new AccessPolicy([`127.0.0.1:${site.port}`]) });
  const proxy = await startBrowserProxy({ lookup, ...limits });
  onTestFinished(() => proxy.close());
  return { site, proxy };
}

interface Ask {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

async function ask(proxy: BrowserProxy, url: string, { method, headers, body }: Ask = {}) {
  const { hostname, port } = new URL(proxy.settings.server);
  const request = send({ hostname, port, path: url, method, headers: { ...headers } }).end(body);
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  return { status: response.statusCode, headers: response.headers, body: await text(response) };
}

/** Sends a CONNECT; resolves to the socket and the response's head. */
async function tunnel(proxy: BrowserProxy, authority: string) {
  const socket = connect(Number(new URL(proxy.settings.server).port), '127.0.0.1').setEncoding('latin1');
  onTestFinished(() => void socket.destroy());
  socket.write(`CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\n\r\n`);
  const [head] = (await once(socket, 'data')) as [string];
  return { socket, head };
}

describe('a plain request', () => {
  it('is passed on end to end', async () => {
    const { site, proxy } = await setUp(async (request, response) => {
      const seen = {
        method: request.method,
        url: request.url,
        headers: request.headers,
        body: await text(request),
      };
      response.writeHead(201, 'Made', { 'set-cookie': ['a=1', 'b=2'], 'x-Kind': 'reply' });
      response.end(JSON.stringify(seen));
    });
    const headers = { 'x-mine': 'yes', 'x-hop': 'no', connection: 'x-hop', 'content-length': '4' };
    const answer = await ask(proxy, `${site.origin}/path?q=1`, { method: 'POST', headers, body: 'body' });
    expect(answer).toMatchObject({
      status: 201,
      headers: { 'set-cookie': ['a=1', 'b=2'], 'x-kind': 'reply' },
    });
    const seen = JSON.parse(answer.body);
    expect(seen).toMatchObject({
      method: 'POST',
      url: '/path?q=1',
      body: 'body',
      headers: { 'x-mine': 'yes' },
    });
    expect(seen.headers.host).toBe(new URL(site.origin).host);
    expect(seen.headers).not.toHaveProperty('x-hop');
    expect(seen.headers).not.toHaveProperty('proxy-authorization');
  });

  it('takes bodies of any length, chunked or not', async () => {
    const { site, proxy } = await setUp((_, response) => {
      response.write('x'.repeat(100_000));
      response.end('y'.repeat(100_000));
    });
    expect((await ask(proxy, site.origin)).body).toHaveLength(200_000);
    const { headers, body } = await ask(proxy, site.origin, { method: 'HEAD' });
    expect([headers['x-waymark-failure'], body]).toEqual([undefined, '']);
  });

  it.each(['/path', 'https://a.example/', 'ftp://a.example/'])('for %s is none', async (url) => {
    const { proxy } = await setUp(() => {});
    expect((await ask(proxy, url)).status).toBe(400);
  });

  it.each(['127.0.0.1', 'localhost', '[::ffff:127.0.0.1]', '0x7f000001', '2130706433'])(
    'to %s on a port that is not exempt is refused',
    async (host) => {
      const { proxy } = await setUp(() => {});
      const secret = await serve((_, response) => response.end('secret'));
      const url = `http://${host}:${secret.port}/`;
      expect(await ask(proxy, url)).toMatchObject({
        status: 502,
        headers: { 'x-waymark-failure': 'address-refused', 'cache-control': 'no-store' },
      });
      expect(proxy.failureOf(url)).toMatchObject({ reason: 'address-refused', retryable: false });
      expect(secret.connections()).toBe(0);
    },
  );

  it('fails with the reason of the network', async () => {
    const { site, proxy } = await setUp((request) => request.socket.destroy());
    expect((await ask(proxy, site.origin)).headers['x-waymark-failure']).toBe('connection');
    expect((await ask(proxy, 'http://no-such-host.invalid/')).headers['x-waymark-failure']).toBe('dns');
    expect(proxy.failureOf('http://no-such-host.invalid/other')?.reason).toBe('dns');
    expect(proxy.failureOf('https://no-such-host.invalid/')).toBeNull();
  });

  it('is forgotten as a failure once it works', async () => {
    let works = false;
    const { site, proxy } = await setUp((request, response) => {
      if (works) response.end();
      else request.socket.destroy();
    });
    await ask(proxy, site.origin);
    expect(proxy.failureOf(site.origin)?.reason).toBe('connection');
    works = true;
    await ask(proxy, site.origin);
    expect(proxy.failureOf(site.origin)).toBeNull();
  });

  it('cannot be given a forged failure', async () => {
    const { site, proxy } = await setUp((_, response) =>
      response.writeHead(502, { 'x-waymark-failure': 'dns' }).end(),
    );
    expect((await ask(proxy, site.origin)).headers).not.toHaveProperty('x-waymark-failure');
  });

  it('ends when the website falls silent', async () => {
    const { site, proxy } = await setUp(() => {}, { idleTimeoutMs: 100 });
    expect((await ask(proxy, site.origin)).headers['x-waymark-failure']).toBe('timeout');
  });

  it('is too large by its length, or as it comes', async () => {
    const { site, proxy } = await setUp(
      (request, response) => {
        if (request.url === '/told') response.writeHead(200, { 'content-length': '1001' });
        response.write('x'.repeat(1000));
        if (request.url !== '/fits') response.write('x');
        else response.end();
      },
      { maxBytes: 1000 },
    );
    expect((await ask(proxy, `${site.origin}/fits`)).body).toHaveLength(1000);
    expect((await ask(proxy, `${site.origin}/told`)).headers['x-waymark-failure']).toBe('too-large');
    await expect(ask(proxy, `${site.origin}/streamed`)).rejects.toThrow('aborted');
    expect(proxy.failureOf(`${site.origin}/streamed#part`)?.reason).toBe('too-large');
    expect(proxy.failureOf(`${site.origin}/fits`)).toBeNull();
  });

  it.each(['before', 'after'])(
    'is given up on the way to the website when the browser leaves %s the headers',
    async (when) => {
      const { promise: arrived, resolve: arrive } = Promise.withResolvers<Socket>();
      const { site, proxy } = await setUp((request, response) => {
        if (when === 'after') response.write('the first part');
        arrive(request.socket);
      });
      const { hostname, port } = new URL(proxy.settings.server);
      const headers = {};
      const request = send({ hostname, port, path: site.origin, headers }).on('error', () => {});
      request.end();
      if (when === 'after') await once(request, 'response');
      const upstream = await arrived;
      request.destroy();
      await once(upstream, 'close');
      await ask(proxy, 'http://no-such-host.invalid/');
      expect(proxy.failureOf(site.origin)).toBeNull();
    },
  );

  it('is sent again over a new connection where the kept one was closed', async () => {
    const used = new WeakSet<Socket>();
    const { site, proxy } = await setUp(({ socket }, response) => {
      if (used.has(socket)) socket.resetAndDestroy();
      else response.end('here');
      used.add(socket);
    });
    await ask(proxy, site.origin);
    expect((await ask(proxy, site.origin)).body).toBe('here');
    expect(site.connections()).toBe(2);
  });
});

describe('a tunnel', () => {
  it('passes bytes in both directions', async () => {
    const { site, proxy } = await setUp((_, response) => response.end('through'));
    const { socket, head } = await tunnel(proxy, `127.0.0.1:${site.port}`);
    expect(head).toMatch(/^HTTP\/1\.1 200 /);
    socket.end('GET / HTTP/1.0\r\n\r\n');
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 200 OK\r\n[\s\S]*through$/);
  });

  it.each(['127.0.0.1', 'localhost', '[::ffff:127.0.0.1]', '0x7f000001', '2130706433'])(
    'to %s on a port that is not exempt is refused',
    async (host) => {
      const { proxy } = await setUp(() => {});
      const secret = await serve(() => {});
      const { head } = await tunnel(proxy, `${host}:${secret.port}`);
      expect(head).toMatch(/^HTTP\/1\.1 502 .*\r\nx-waymark-failure: address-refused\r\n/);
      expect(proxy.failureOf(`wss://${host}:${secret.port}/socket`)?.reason).toBe('address-refused');
      expect(secret.connections()).toBe(0);
    },
  );

  it('fails with the reason of the network', async () => {
    const { proxy } = await setUp(() => {});
    expect((await tunnel(proxy, 'no-such-host.invalid:443')).head).toContain('x-waymark-failure: dns');
    expect(proxy.failureOf('https://no-such-host.invalid/')?.reason).toBe('dns');
    expect((await tunnel(proxy, 'a b')).head).toMatch(/^HTTP\/1\.1 400 /);
  });

  it('ends with the proxy', async () => {
    const { site, proxy } = await setUp(() => {});
    const { socket } = await tunnel(proxy, `127.0.0.1:${site.port}`);
    const closed = once(socket.resume(), 'close');
    await proxy.close();
    await closed;
    await proxy.close();
  });
});
