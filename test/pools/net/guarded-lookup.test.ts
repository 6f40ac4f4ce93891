import type { LookupAddress } from 'node:dns';
import { describe, expect, it } from 'vitest';
import { CachedResolver } from '../../../pools/net/cached-resolver.ts';
import { AddressRefusedError, GuardedLookup } from '../../../pools/net/guarded-lookup.ts';
import { AccessPolicy } from '../../../src/core/net/access-policy.ts';

const PUBLIC: LookupAddress = { address: '93.184.215.14', family: 4 };
const PUBLIC_V6: LookupAddress = { address: '2606:4700::1111', family: 6 };
const PRIVATE: LookupAddress = { address: '10.0.0.1', family: 4 };

function guardOver(zone: Record<string, LookupAddress[]>, allowed: string[] = []): GuardedLookup {
  const resolver = new CachedResolver({ resolve: async (name) => zone[name] ?? [] });
  return new GuardedLookup({ policy: new AccessPolicy(allowed), resolver });
}

/** Calls it as a socket does. */
function call(guard: GuardedLookup, hostname: string, port: number, options: object): Promise<unknown[]> {
  return new Promise((resolve) =>
    guard.lookupFor(hostname, port)(hostname, options, (...args) => resolve(args)),
  );
}

describe('GuardedLookup', () => {
  it('returns every address of a public name', async () => {
    const guard = guardOver({ 'a.example': [PUBLIC, PUBLIC_V6] });
    expect(await guard.resolve('a.example', 80)).toEqual([PUBLIC, PUBLIC_V6]);
  });

  it.each([[[PRIVATE]], [[PUBLIC, PRIVATE]], [[PUBLIC_V6, { address: '::1', family: 6 }]], [[]]])(
    'refuses a name with %j',
    async (addresses) => {
      const guard = guardOver({ 'a.example': addresses });
      await expect(guard.resolve('a.example', 80)).rejects.toBeInstanceOf(AddressRefusedError);
    },
  );

  it.each(['127.0.0.1', '[::1]', '::1', '[::ffff:127.0.0.1]', '169.254.169.254'])(
    'refuses the literal %s',
    async (host) => {
      await expect(guardOver({}).resolve(host, 80)).rejects.toBeInstanceOf(AddressRefusedError);
    },
  );

  it('exempts a host on its port only', async () => {
    const guard = guardOver({ 'a.example': [PRIVATE] }, ['a.example:8080', '127.0.0.1:8080']);
    expect(await guard.resolve('a.example', 8080)).toEqual([PRIVATE]);
    expect(await guard.resolve('127.0.0.1', 8080)).toEqual([{ address: '127.0.0.1', family: 4 }]);
    await expect(guard.resolve('a.example', 80)).rejects.toBeInstanceOf(AddressRefusedError);
    await expect(guard.resolve('127.0.0.1', 80)).rejects.toBeInstanceOf(AddressRefusedError);
  });

  it('refuses localhost, as the hosts file has it', async () => {
    const guard = new GuardedLookup({ policy: new AccessPolicy() });
    await expect(guard.resolve('localhost', 80)).rejects.toBeInstanceOf(AddressRefusedError);
  });

  it.each([
    [{ all: true }, [null, [PUBLIC_V6, PUBLIC]]],
    [{}, [null, PUBLIC_V6.address, 6]],
    [{ family: 4 }, [null, PUBLIC.address, 4]],
    [{ family: 'IPv4' }, [null, PUBLIC.address, 4]],
    [{ family: 6, all: true }, [null, [PUBLIC_V6]]],
  ])('stands in for dns.lookup with %j', async (options, answer) => {
    const guard = guardOver({ 'a.example': [PUBLIC_V6, PUBLIC] });
    expect(await call(guard, 'a.example', 80, options)).toEqual(answer);
  });

  it('fails as dns.lookup does', async () => {
    const guard = guardOver({ 'a.example': [PUBLIC], 'b.example': [PRIVATE] });
    expect(await call(guard, 'a.example', 80, { family: 6 })).toMatchObject([{ code: 'ENOTFOUND' }, '']);
    expect(await call(guard, 'b.example', 80, {})).toMatchObject([{ code: 'ERR_ADDRESS_REFUSED' }, '']);
  });

  it('keeps the first addresses of a name that changes', async () => {
    const answers = [[PUBLIC], [PRIVATE]];
    const resolver = new CachedResolver({ resolve: async () => answers.shift() ?? [] });
    const guard = new GuardedLookup({ policy: new AccessPolicy(), resolver });
    await guard.resolve('a.example', 80);
    expect(await call(guard, 'a.example', 80, {})).toEqual([null, PUBLIC.address, 4]);
  });
});
