import { describe, expect, it } from 'vitest';
import { RobotsCache } from '../../../actors/politeness/robots-cache.ts';
import { PageError } from '../../../src/core/ledger/page-error.ts';
import { MAX_ROBOTS_BYTES } from '../../../src/core/robots/parse-robots.ts';
import type { DocumentClient, TextResponse } from '../../../src/ports/fetcher.ts';
import { SimulatedClock } from '../../support/simulated-clock.ts';

const HOUR = 3_600_000;
const CLOSED = 'User-agent: *\nDisallow: /closed';

/** Returns what `respond` returns, and records the requested URLs. */
class FakeDocuments implements DocumentClient {
  readonly requested: string[] = [];
  readonly #respond: (url: string) => Partial<TextResponse>;

  constructor(respond: (url: string) => Partial<TextResponse>) {
    this.#respond = respond;
  }

  async get(url: string, { maxBytes }: { readonly maxBytes: number }): Promise<TextResponse> {
    this.requested.push(url);
    const { body = Buffer.from(CLOSED), ...response } = this.#respond(url);
    const truncated = body.length > maxBytes;
    const plain = { status: 200, finalUrl: url, contentType: 'text/plain', truncated };
    return { ...plain, ...response, body: body.subarray(0, maxBytes) };
  }
}

function open(respond: (url: string) => Partial<TextResponse> = () => ({})) {
  const documents = new FakeDocuments(respond);
  const clock = new SimulatedClock();
  return { documents, clock, robots: new RobotsCache(documents, clock, true) };
}

describe('RFC 9309 §2.3, access method', () => {
  it('reads /robots.txt at the top of each scheme, host and port', async () => {
    const { robots, documents } = open();
    for (const page of ['http://a.test/x/y?z', 'https://a.test/', 'http://a.test:81/', 'http://b.test/'])
      expect((await robots.policy(page)).allows(new URL('/closed', page).href)).toBe(false);
    expect(documents.requested).toEqual([
      'http://a.test/robots.txt',
      'https://a.test/robots.txt',
      'http://a.test:81/robots.txt',
      'http://b.test/robots.txt',
    ]);
  });

  it('§2.3.1.1: follows the rules of a file that it could read', async () => {
    const { robots } = open();
    const policy = await robots.policy('http://a.test/');
    expect(policy.kind).toBe('rules');
    expect(policy.allows('http://a.test/closed')).toBe(false);
    expect(policy.allows('http://a.test/open')).toBe(true);
  });

  it('§2.3.1.2: applies a file behind redirects, on another host too, to the host that was requested first', async () => {
    const { robots, documents } = open(() => ({ finalUrl: 'https://cdn.test/files/robots.txt' }));
    expect((await robots.policy('http://a.test/')).allows('http://a.test/closed')).toBe(false);
    await robots.policy('https://cdn.test/');
    expect(documents.requested).toEqual(['http://a.test/robots.txt', 'https://cdn.test/robots.txt']);
  });

  it('§2.3.1.2: takes more than five redirects for a missing file', async () => {
    const { robots } = open(() => {
      throw new PageError('redirect-loop', 'Redirected more than 5 times');
    });
    expect((await robots.policy('http://a.test/')).kind).toBe('unavailable');
  });

  it.each([400, 401, 403, 404, 410, 451])('§2.3.1.3: allows everything after status %i', async (status) => {
    const { robots } = open(() => ({ status }));
    expect((await robots.policy('http://a.test/')).allows('http://a.test/closed')).toBe(true);
  });

  it.each([500, 502, 503, 504])('§2.3.1.4: forbids everything after status %i', async (status) => {
    const { robots } = open(() => ({ status }));
    expect((await robots.policy('http://a.test/')).allows('http://a.test/open')).toBe(false);
  });

  it.each(['dns', 'connection', 'timeout', 'tls'] as const)(
    '§2.3.1.4: forbids everything after a failure of the network (%s), with the reason',
    async (reason) => {
      const { robots } = open(() => {
        throw new PageError(reason, 'No response');
      });
      const { policy, failure } = await robots.decide('http://a.test/');
      expect(policy.allows('http://a.test/open')).toBe(false);
      expect(failure?.reason).toBe(reason);
    },
  );

  it('§2.3.1.5: uses each rule that it can parse', async () => {
    const text = `\u0000<html>\nnonsense\n${CLOSED}\n: :\nDisallow /no-colon\n\ufffd`;
    const { robots } = open(() => ({ body: Buffer.from(text) }));
    const policy = await robots.policy('http://a.test/');
    expect(policy.allows('http://a.test/closed')).toBe(false);
    expect(policy.allows('http://a.test/open')).toBe(true);
  });
});

describe('RFC 9309 §2.4, caching', () => {
  it('reads a file once in 24 hours', async () => {
    const { robots, documents, clock } = open();
    await robots.policy('http://a.test/1');
    await clock.advance(24 * HOUR - 1);
    await robots.policy('http://a.test/2');
    expect(documents.requested).toHaveLength(1);
    await clock.advance(2);
    await robots.policy('http://a.test/3');
    expect(documents.requested).toHaveLength(2);
  });

  it('tries a host that could not be reached again soon', async () => {
    let status = 503;
    const { robots, clock } = open(() => ({ status }));
    expect((await robots.policy('http://a.test/')).kind).toBe('unreachable');
    status = 200;
    await clock.advance(5_000);
    expect((await robots.policy('http://a.test/')).kind).toBe('rules');
  });
});

describe('RFC 9309 §2.5, limits', () => {
  it('reads 500 KiB, and no rule behind them', async () => {
    const filler = `#${'x'.repeat(99)}\n`.repeat(10_000);
    const inside = `User-agent: *\n${filler}`.slice(0, MAX_ROBOTS_BYTES - 100);
    const text = `${inside}\nDisallow: /inside\n${filler}\nDisallow: /behind\n`;
    const { robots } = open(() => ({ body: Buffer.from(text) }));
    const policy = await robots.policy('http://a.test/');
    expect(policy.allows('http://a.test/inside')).toBe(false);
    expect(policy.allows('http://a.test/behind')).toBe(true);
  });
});
