import type { LookupAddress } from 'node:dns';
import { describe, expect, it, onTestFinished } from 'vitest';
import { HttpAgent } from '../../../pools/http/http-agent.ts';
import { createWebhookClient } from '../../../pools/http/webhook-client.ts';
import { CachedResolver } from '../../../pools/net/cached-resolver.ts';
import { GuardedLookup } from '../../../pools/net/guarded-lookup.ts';
import { AccessPolicy } from '../../../src/core/net/access-policy.ts';
import { systemClock } from '../../../src/drivers/system/clock.ts';
import { startSite } from '../../support/fixture-site.ts';
import { REFUSED_ADDRESSES } from '../../support/refused-addresses.ts';

const NEVER = new AbortController().signal;
const MESSAGE = { headers: { 'content-type': 'application/json' }, body: '{"a":1}', signal: NEVER };
const REFUSED = { kind: 'no-response', reason: 'address-refused', retryable: false };

function clientOver(
  allowed: readonly string[],
  zone: Readonly<Record<string, LookupAddress>> = {},
  timeoutMs?: number,
) {
  const resolver = new CachedResolver({
    resolve: async (name) => {
      const address = zone[name];
      if (address === undefined) throw Object.assign(new Error('no such name'), { code: 'ENOTFOUND' });
      return [address];
    },
  });
  const agent = new HttpAgent({
    clock: systemClock,
    lookup: new GuardedLookup({ policy: new AccessPolicy(allowed), resolver }),
  });
  onTestFinished(() => agent.destroy());
  return createWebhookClient(agent, timeoutMs);
}

describe('the webhook client', () => {
  it('sends a POST with headers and body, and returns the status', async () => {
    let body = '';
    await using site = await startSite(async (request, response) => {
      for await (const chunk of request) body += String(chunk);
      response.writeHead(503, { 'retry-after': '30' }).end('later');
    });
    const before = Date.now();
    const answer = await clientOver(['127.0.0.1']).send({ url: site.url('/hook?x=1'), ...MESSAGE });
    expect(answer).toMatchObject({ kind: 'status', status: 503 });
    const { retryAt } = answer as { retryAt: number };
    expect(retryAt).toBeGreaterThanOrEqual(before + 30_000);
    expect(retryAt).toBeLessThan(before + 40_000);
    expect([site.log[0]?.method, site.log[0]?.path, body]).toEqual(['POST', '/hook?x=1', '{"a":1}']);
  });

  it('follows no redirect', async () => {
    await using secret = await startSite({ '/': 'secret' });
    await using site = await startSite({
      '/hook': { status: 307, headers: { location: secret.url('/') } },
    });
    const answer = await clientOver([`127.0.0.1:${site.port}`]).send({ url: site.url('/hook'), ...MESSAGE });
    expect(answer).toMatchObject({ kind: 'status', status: 307 });
    expect(secret.log).toEqual([]);
  });

  it('does not read a body without end', async () => {
    await using site = await startSite((_, response) => {
      response.writeHead(200);
      const more = () => {
        while (!response.destroyed && response.write('x'.repeat(65_536)));
      };
      response.on('drain', more);
      more();
    });
    const answer = await clientOver(['127.0.0.1']).send({ url: site.url('/'), ...MESSAGE });
    expect(answer).toMatchObject({ kind: 'status', status: 200 });
  });

  it('waits for no response longer than it may', async () => {
    await using site = await startSite(() => {});
    const answer = await clientOver(['127.0.0.1'], {}, 50).send({ url: site.url('/'), ...MESSAGE });
    expect(answer).toEqual({ kind: 'no-response', reason: 'timeout', retryable: true });
  });

  it('distinguishes a refused connection from an unknown name', async () => {
    const site = await startSite({});
    await site.close();
    const client = clientOver(['127.0.0.1']);
    expect(await client.send({ url: site.url('/'), ...MESSAGE })).toMatchObject({
      reason: 'connection',
      retryable: true,
    });
    expect(await client.send({ url: 'http://nowhere.test/', ...MESSAGE })).toMatchObject({ reason: 'dns' });
  });

  it('rejects when it is aborted', async () => {
    await using site = await startSite(() => {});
    const stop = new AbortController();
    const sent = clientOver(['127.0.0.1']).send({ url: site.url('/'), ...MESSAGE, signal: stop.signal });
    await site.requested(() => true);
    stop.abort(new Error('enough'));
    await expect(sent).rejects.toThrow('enough');
  });

  describe('P23: an address that is not public is never called', () => {
    it.each(REFUSED_ADDRESSES)('%s (%s), behind a name', async (address) => {
      const family = address.includes(':') ? 6 : 4;
      const client = clientOver([], { 'hook.test': { address, family } });
      expect(await client.send({ url: 'http://hook.test/', ...MESSAGE })).toEqual(REFUSED);
    });

    it.each(['127.0.0.1', '127.1', '0x7f.1', '017700000001', '2130706433', '[::1]', '[::ffff:127.0.0.1]'])(
      'loopback, written as %s',
      async (host) => {
        await using site = await startSite({ '/': 'secret' });
        expect(await clientOver([]).send({ url: `http://${host}:${site.port}/`, ...MESSAGE })).toEqual(
          REFUSED,
        );
        expect(site.log).toEqual([]);
      },
    );
  });
});
