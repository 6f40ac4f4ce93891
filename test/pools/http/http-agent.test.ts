import { describe, expect, it, onTestFinished } from 'vitest';
import { HttpAgent } from '../../../pools/http/http-agent.ts';
import { GuardedLookup } from '../../../pools/net/guarded-lookup.ts';
import { AccessPolicy } from '../../../src/core/net/access-policy.ts';
import { systemClock } from '../../../src/drivers/system/clock.ts';
import { serve } from '../net/loopback.ts';

const request = { headers: {}, signal: new AbortController().signal };

function agentWith(limits: { connections: number }): HttpAgent {
  const lookup = new GuardedLookup({ policy: new AccessPolicy(['127.0.0.1', 'localhost']) });
  const agent = new HttpAgent({ clock: systemClock, lookup, ...limits });
  onTestFinished(() => agent.destroy());
  return agent;
}

describe('HttpAgent', () => {
  it('has at most so many exchanges open over all hosts, until their bodies have ended', async () => {
    let open = 0;
    let max = 0;
    const site = await serve((_, response) => {
      open += 1;
      max = Math.max(max, open);
      response.once('close', () => {
        open -= 1;
      });
      response.write('begun');
      setImmediate(() => response.end());
    });
    const agent = agentWith({ connections: 3 });
    const urls = Array.from(
      { length: 20 },
      (_, n) => `http://${n % 2 ? '127.0.0.1' : 'localhost'}:${site.port}/${n}`,
    );
    const get = async (url: string) => (await agent.get(new URL(url), request)).body.text();
    expect(await Promise.all(urls.map(get))).toEqual(urls.map(() => 'begun'));
    expect(max).toBeLessThanOrEqual(3);
  });

  it('gives the slot back when a request fails or a body is given up', async () => {
    const site = await serve((incoming, response) => {
      if (incoming.url === '/fails') incoming.socket.destroy();
      else response.write('endless');
    });
    const agent = agentWith({ connections: 1 });
    for (let n = 0; n < 3; n++) {
      await expect(agent.get(new URL(`${site.origin}/fails`), request)).rejects.toThrow();
      const response = await agent.get(new URL(site.origin), request);
      response.body.destroy();
    }
  });

  it('sends the path and query as they are, without fragment and credentials', async () => {
    const site = await serve(({ url, headers }, response) => response.end(`${url} ${headers.authorization}`));
    const url = new URL(`${site.origin.replace('//', '//user:secret@')}/a%20b?c=%ED%95%9C#d`);
    const response = await agentWith({ connections: 1 }).get(url, request);
    expect(await response.body.text()).toBe('/a%20b?c=%ED%95%9C undefined');
  });
});
