import { once } from 'node:events';
import type { RequestListener, ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type FetchOptions, fetchDocument } from '../../../pools/http/fetch-document.ts';
import { HttpAgent } from '../../../pools/http/http-agent.ts';
import { GuardedLookup } from '../../../pools/net/guarded-lookup.ts';
import { PageError } from '../../../src/core/ledger/page-error.ts';
import { AccessPolicy } from '../../../src/core/net/access-policy.ts';
import { systemClock } from '../../../src/drivers/system/clock.ts';
import { listen, serve } from '../net/loopback.ts';
import { CERTIFICATE, PRIVATE_KEY } from './certificate.ts';

const PAGE = '<!DOCTYPE html><title>A page</title>';
const HTML = { 'content-type': 'text/html; charset=UTF-8' };

function agentFor(allowed: string[], ca?: string): HttpAgent {
  const lookup = new GuardedLookup({ policy: new AccessPolicy(allowed) });
  const agent = new HttpAgent({ clock: systemClock, lookup, ...(ca === undefined ? {} : { ca }) });
  onTestFinished(() => agent.destroy());
  return agent;
}

/** Serves with `listener` and fetches `path` from there. */
async function fetchFrom(listener: RequestListener, options: FetchOptions = {}, path = '/') {
  const site = await serve(listener);
  return fetchDocument(agentFor([`127.0.0.1:${site.port}`]), site.origin + path, options);
}

async function failureOf(fetching: Promise<unknown>): Promise<PageError> {
  const outcome = await fetching.catch((error: unknown) => error);
  if (outcome instanceof PageError) return outcome;
  throw new Error(`Expected a PageError, got ${JSON.stringify(outcome)}`, { cause: outcome });
}

const text = (body: Uint8Array) => Buffer.from(body).toString('utf8');
const headersOnly = (response: ServerResponse) => response.flushHeaders();

describe('fetchDocument', () => {
  it('returns a page with its type, charset and bytes', async () => {
    const page = await fetchFrom((_, response) => response.writeHead(200, HTML).end(PAGE));
    expect(page).toMatchObject({ status: 200, contentType: 'text/html', charset: 'utf-8', redirects: 0 });
    expect(text(page.body)).toBe(PAGE);
  });

  it('sends the user agent', async () => {
    const page = await fetchFrom((request, response) => {
      response.writeHead(200, HTML).end(`${request.headers['user-agent']} ${request.headers.accept}`);
    });
    expect(text(page.body)).toMatch(/^Waymark\/0\.1 \(\+https:\S+\) text\/html,/);
  });

  it('returns bytes that fill their buffer, so that they can move to a thread', async () => {
    const page = await fetchFrom((_, response) => response.writeHead(200, HTML).end(PAGE));
    expect(page.body.buffer.byteLength).toBe(PAGE.length);
  });

  it('uses connections again, after redirects too', async () => {
    const site = await serve((request, response) => {
      if (request.url?.startsWith('/from'))
        response.writeHead(302, { location: `/to${request.url}` }).end('moved');
      else response.writeHead(200, HTML).end(PAGE);
    });
    const agent = agentFor([`127.0.0.1:${site.port}`]);
    for (let n = 0; n < 10; n++) await fetchDocument(agent, `${site.origin}/from/${n}`);
    expect(site.connections()).toBeLessThanOrEqual(2);
  });

  it('opens at most ten connections to a host', async () => {
    const site = await serve((_, response) => response.writeHead(200, HTML).end(PAGE));
    const agent = agentFor([`127.0.0.1:${site.port}`]);
    await Promise.all(Array.from({ length: 50 }, (_, n) => fetchDocument(agent, `${site.origin}/${n}`)));
    expect(site.connections()).toBeLessThanOrEqual(10);
  });
});

describe('content codings', () => {
  const large = PAGE + 'abcdefgh'.repeat(50_000);

  it.each([
    ['gzip', gzipSync(large)],
    ['x-gzip', gzipSync(large)],
    ['deflate', deflateSync(large)],
    ['deflate', deflateRawSync(large)],
    ['br', brotliCompressSync(large)],
    ['zstd', zstdCompressSync(large)],
    ['identity', Buffer.from(large)],
    ['gzip, br', brotliCompressSync(gzipSync(large))],
    ['gzip', gzipSync(large).subarray(0, -8)],
  ])('decodes %s', async (coding, body) => {
    const page = await fetchFrom((_, response) => {
      response.writeHead(200, { ...HTML, 'content-encoding': coding }).end(body);
    });
    expect(text(page.body)).toBe(large);
  });

  it.each([
    ['gzip', Buffer.from('not compressed')],
    ['br', Buffer.from('not compressed')],
    ['zstd', Buffer.from('not compressed')],
    ['compress', Buffer.from(PAGE)],
    ['gzip, gzip, gzip, gzip', Buffer.from(PAGE)],
  ])('fails on %s that is none', async (coding, body) => {
    const failure = await failureOf(
      fetchFrom((_, response) => response.writeHead(200, { ...HTML, 'content-encoding': coding }).end(body)),
    );
    expect(failure).toMatchObject({ reason: 'connection', retryable: false });
    expect(failure.message).toContain('cannot be decoded');
  });

  it.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
    ['zstd', zstdCompressSync],
  ])('defuses a %s bomb', async (coding, compress) => {
    const bomb = compress(Buffer.alloc(20_000_000));
    const failure = await failureOf(
      fetchFrom((_, response) => response.writeHead(200, { ...HTML, 'content-encoding': coding }).end(bomb)),
    );
    expect(bomb.length).toBeLessThan(100_000);
    expect(failure.reason).toBe('too-large');
  });
});

describe('what is no page', () => {
  /** A body that never ends: the fetch can only settle if it does not read it. */
  const endless = (headers: Record<string, string>): RequestListener => {
    return (_, response) => headersOnly(response.writeHead(200, headers));
  };

  it.each([
    ['not-html', { 'content-type': 'application/pdf' }],
    ['not-html', { 'content-type': 'video/mp4' }],
    ['download', { ...HTML, 'content-disposition': 'Attachment; filename=a.html' }],
    ['too-large', { ...HTML, 'content-length': '10000001' }],
  ])('is %s without a byte of it read', async (reason, headers) => {
    expect(await failureOf(fetchFrom(endless(headers)))).toMatchObject({ reason, retryable: false });
  });

  it('is too large as it streams', async () => {
    const failure = await failureOf(
      fetchFrom(
        (_, response) => {
          response.writeHead(200, HTML);
          const pour = () => {
            while (!response.destroyed && response.write('x'.repeat(65_536)));
            response.once('drain', pour);
          };
          pour();
        },
        { maxBytes: 1_000_000 },
      ),
    );
    expect(failure.reason).toBe('too-large');
  });

  it('may be exactly as large as allowed', async () => {
    const page = await fetchFrom((_, response) => response.writeHead(200, HTML).end(PAGE), {
      maxBytes: PAGE.length,
    });
    expect(page.body).toHaveLength(PAGE.length);
    const chunked: RequestListener = (_, response) => response.writeHead(200, HTML).write(`${PAGE}!`);
    expect(await failureOf(fetchFrom(chunked, { maxBytes: PAGE.length }))).toMatchObject({
      reason: 'too-large',
    });
  });

  it('is empty', async () => {
    expect(await failureOf(fetchFrom((_, response) => response.writeHead(200, HTML).end()))).toMatchObject({
      reason: 'empty',
      status: 200,
    });
  });

  it('is recognised by its first bytes if it has no type', async () => {
    const page = await fetchFrom((_, response) => response.writeHead(200).end(PAGE));
    expect(page).toMatchObject({ contentType: 'text/html', charset: null });
    expect(text(page.body)).toBe(PAGE);
    const pdf = fetchFrom((_, response) => response.writeHead(200).write('%PDF-1.7'.padEnd(600)));
    expect(await failureOf(pdf)).toMatchObject({ reason: 'not-html' });
  });

  it.each([
    [404, 'http-status', false],
    [403, 'blocked', false],
    [503, 'http-status', true],
  ])('is an answer %i', async (status, reason, retryable) => {
    const failure = await failureOf(fetchFrom((_, response) => response.writeHead(status, HTML).end(PAGE)));
    expect(failure).toMatchObject({ status, reason, retryable });
  });

  it('reports when to retry', async () => {
    const before = Date.now();
    const failure = await failureOf(
      fetchFrom((_, response) => response.writeHead(429, { 'retry-after': '60' }).end()),
    );
    expect(failure.retryAt).toBeGreaterThanOrEqual(before + 60_000);
    expect(failure.retryAt).toBeLessThanOrEqual(Date.now() + 60_000);
  });
});

describe('redirects', () => {
  const sends = (routes: Record<string, string>): RequestListener => {
    return (request, response) => {
      const location = routes[request.url ?? ''];
      if (location === undefined) response.writeHead(200, HTML).end(PAGE);
      else response.writeHead(302, { location }).end('moved');
    };
  };

  it('are followed to the end', async () => {
    const page = await fetchFrom(sends({ '/a': '/b?x=1', '/b?x=1': 'c' }), {}, '/a#part');
    expect(new URL(page.finalUrl)).toMatchObject({ pathname: '/c', hash: '#part' });
    expect(page.redirects).toBe(2);
  });

  it('may be written in raw UTF-8, and in Latin-1 failing that', async () => {
    const raw = (bytes: string) => sends({ '/a': bytes });
    const utf8 = await fetchFrom(raw(Buffer.from('/한글').toString('latin1')), {}, '/a');
    expect(new URL(utf8.finalUrl).pathname).toBe('/%ED%95%9C%EA%B8%80');
    const latin1 = await fetchFrom(raw('/caf\u00e9'), {}, '/a');
    expect(new URL(latin1.finalUrl).pathname).toBe('/caf%C3%A9');
  });

  it.each([
    ['to itself', { '/a': '/a' }],
    ['to itself with a fragment', { '/a': '/a#b' }],
    ['in a circle', { '/a': '/b', '/b': '/a' }],
  ])('%s are a loop', async (_, routes) => {
    expect(await failureOf(fetchFrom(sends(routes), {}, '/a'))).toMatchObject({ reason: 'redirect-loop' });
  });

  it('are followed ten times and no more', async () => {
    const count: RequestListener = (request, response) => {
      const n = Number(request.url?.slice(1));
      if (n === 0) response.writeHead(200, HTML).end(PAGE);
      else response.writeHead(301, { location: `/${n - 1}` }).end();
    };
    expect(await fetchFrom(count, {}, '/10')).toMatchObject({ redirects: 10 });
    expect(await failureOf(fetchFrom(count, {}, '/11'))).toMatchObject({
      reason: 'redirect-loop',
      status: 301,
    });
  });

  it('are not followed where the caller says no', async () => {
    const mayFollow = (target: URL) => target.pathname !== '/out';
    expect(
      await failureOf(fetchFrom(sends({ '/a': '/b', '/b': '/out' }), { mayFollow }, '/a')),
    ).toMatchObject({
      reason: 'redirect-out-of-scope',
      target: expect.stringMatching(/\/out$/),
    });
  });

  it('are checked against robots.txt as written, hop by hop, before they are requested', async () => {
    const requested: string[] = [];
    const hops = sends({ '/a': '/b?z=1&a=2', '/b?z=1&a=2': '/c?', '/c?': '/d' });
    const record: RequestListener = (request, response) => {
      requested.push(request.url ?? '');
      hops(request, response);
    };
    const checked: string[] = [];
    const mayRequest = async (url: string) => {
      checked.push(url.replace(/^http:\/\/[^/]+/, ''));
      return !url.endsWith('/d');
    };
    expect(await failureOf(fetchFrom(record, { mayRequest }, '/a'))).toMatchObject({
      reason: 'robots',
      status: 302,
      target: expect.stringMatching(/\/d$/),
    });
    expect(checked).toEqual(['/b?z=1&a=2', '/c?', '/d']);
    expect(requested).toEqual(['/a', '/b?z=1&a=2', '/c?']);
  });

  it.each(['mailto:a@b.example', 'ftp://b.example/', 'file:///etc/passwd', 'javascript:alert(1)'])(
    'do not lead to %s',
    async (location) => {
      expect(await failureOf(fetchFrom(sends({ '/a': location }), {}, '/a'))).toMatchObject({
        reason: 'redirect-out-of-scope',
        target: location,
      });
    },
  );

  it('need a target', async () => {
    const nowhere: RequestListener = (_, response) => response.writeHead(302).end();
    expect(await failureOf(fetchFrom(nowhere))).toMatchObject({ reason: 'http-status', status: 302 });
    expect(await failureOf(fetchFrom(sends({ '/a': 'http://[' }), {}, '/a'))).toMatchObject({
      reason: 'http-status',
    });
  });

  it('forget credentials', async () => {
    const page = await fetchFrom((request, response) => {
      if (request.url === '/to') response.writeHead(200, HTML).end(PAGE);
      else response.writeHead(302, { location: `http://user:secret@${request.headers.host}/to` }).end();
    });
    expect(page.finalUrl).not.toContain('secret');
  });
});

describe('the network', () => {
  it('may not know the name', async () => {
    const failure = await failureOf(fetchDocument(agentFor([]), 'http://no-such-host.invalid/'));
    expect(failure.reason).toBe('dns');
  });

  it('may refuse the connection', async () => {
    const site = await serve(() => {});
    site.server.close();
    await once(site.server, 'close');
    const fetching = fetchDocument(agentFor([`127.0.0.1:${site.port}`]), site.origin);
    expect(await failureOf(fetching)).toMatchObject({ reason: 'connection', retryable: true });
  });

  it('may break off', async () => {
    const breaks = fetchFrom((_, response) => {
      response.writeHead(200, { ...HTML, 'content-length': '100' }).write(PAGE, () => response.destroy());
    });
    expect(await failureOf(breaks)).toMatchObject({ reason: 'connection', retryable: true });
    const silent = fetchFrom((request) => request.socket.destroy());
    expect(await failureOf(silent)).toMatchObject({ reason: 'connection', retryable: true });
  });

  it('may speak something else', async () => {
    const site = await serve(() => {});
    site.server.on('connection', (socket) => socket.end('220 mail.example ESMTP\r\n'));
    const fetching = fetchDocument(agentFor([`127.0.0.1:${site.port}`]), site.origin);
    expect(await failureOf(fetching)).toMatchObject({ reason: 'connection' });
  });

  it.each([
    ['never answers', () => {}],
    ['never ends its body', (_, response) => response.writeHead(200, HTML).write(PAGE)],
    [
      'sends byte after byte',
      (_, response) => {
        response.writeHead(200, HTML);
        const timer = setInterval(() => response.write('x'), 10);
        response.once('close', () => clearInterval(timer));
      },
    ],
    ['never ends a redirect', (_, response) => headersOnly(response.writeHead(302, { location: '/next' }))],
  ] satisfies [string, RequestListener][])('may be a server that %s', async (_, listener) => {
    const failure = await failureOf(fetchFrom(listener, { timeoutMs: 200 }));
    expect(failure).toMatchObject({ reason: 'timeout', retryable: true });
  });

  it('is left when the caller gives up, with the reason of the caller', async () => {
    const controller = new AbortController();
    const reason = new Error('paused');
    const fetching = fetchFrom(() => controller.abort(reason), { signal: controller.signal });
    await expect(fetching).rejects.toBe(reason);
    await expect(fetchFrom(() => {}, { signal: controller.signal })).rejects.toBe(reason);
  });
});

describe('TLS', () => {
  async function serveTls(): Promise<number> {
    const server = createTlsServer({ cert: CERTIFICATE, key: PRIVATE_KEY }, (_, response) => {
      response.writeHead(200, HTML).end(PAGE);
    });
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    return listen(server);
  }

  it('is verified', async () => {
    const port = await serveTls();
    const fetching = fetchDocument(agentFor([`localhost:${port}`]), `https://localhost:${port}/`);
    expect(await failureOf(fetching)).toMatchObject({ reason: 'tls', retryable: false });
  });

  it('works where the certificate is trusted and names the host', async () => {
    const port = await serveTls();
    const agent = agentFor([`localhost:${port}`, `vm.localhost:${port}`], CERTIFICATE);
    const page = await fetchDocument(agent, `https://localhost:${port}/`);
    expect(text(page.body)).toBe(PAGE);
  });

  it('is not spoken by every server', async () => {
    const site = await serve((_, response) => response.end());
    const fetching = fetchDocument(agentFor([`127.0.0.1:${site.port}`]), `https://127.0.0.1:${site.port}/`);
    expect(await failureOf(fetching)).toMatchObject({ reason: 'tls' });
  });
});

describe('private addresses', () => {
  const FORMS = [
    '127.0.0.1',
    'localhost',
    '0x7f000001',
    '2130706433',
    '0177.0.0.1',
    '127.1',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '0.0.0.0',
    '[::1]',
    '[::]',
    '[64:ff9b::7f00:1]',
    '[2002:7f00:1::]',
    '169.254.169.254',
  ];

  it.each(FORMS)('are not connected to as %s', async (host) => {
    const secret = await serve((_, response) => response.writeHead(200, HTML).end(PAGE));
    const failure = await failureOf(fetchDocument(agentFor([]), `http://${host}:${secret.port}/`));
    expect(failure).toMatchObject({ reason: 'address-refused', retryable: false });
    expect(secret.connections()).toBe(0);
  });

  it.each(FORMS)('are not reached by a redirect to %s', async (host) => {
    const secret = await serve((_, response) => response.writeHead(200, HTML).end(PAGE));
    const redirecting = fetchFrom((_, response) => {
      response.writeHead(302, { location: `http://${host}:${secret.port}/` }).end();
    });
    expect(await failureOf(redirecting)).toMatchObject({ reason: 'address-refused' });
    expect(secret.connections()).toBe(0);
  });
});
