import type { LookupAddress } from 'node:dns';
import { describe, expect, it } from 'vitest';
import { CachedResolver, type ResolverOptions } from '../../../pools/net/cached-resolver.ts';

function counting(options: ResolverOptions = {}) {
  const asked: string[] = [];
  let time = 0;
  const resolve = async (name: string): Promise<LookupAddress[]> => {
    asked.push(name);
    if (name === 'gone.example') throw Object.assign(new Error('not found'), { code: 'ENOTFOUND' });
    return [{ address: '93.184.215.14', family: 4 }];
  };
  const resolver = new CachedResolver({ resolve, now: () => time, ...options });
  return { resolver, asked, pass: (ms: number) => (time += ms) };
}

describe('CachedResolver', () => {
  it('resolves once for all callers at the same time, in any case', async () => {
    const { resolver, asked } = counting();
    await Promise.all([resolver.resolve('a.example'), resolver.resolve('A.example')]);
    expect(asked).toEqual(['a.example']);
  });

  it('caches a result for 300 s', async () => {
    const { resolver, asked, pass } = counting();
    await resolver.resolve('a.example');
    pass(299_999);
    await resolver.resolve('a.example');
    expect(asked).toHaveLength(1);
    pass(1);
    await resolver.resolve('a.example');
    expect(asked).toHaveLength(2);
  });

  it('keeps no failure', async () => {
    const { resolver, asked } = counting();
    await expect(resolver.resolve('gone.example')).rejects.toMatchObject({ code: 'ENOTFOUND' });
    await expect(resolver.resolve('gone.example')).rejects.toMatchObject({ code: 'ENOTFOUND' });
    expect(asked).toHaveLength(2);
  });

  it('drops the name that was unused for longest', async () => {
    const { resolver, asked } = counting({ maxNames: 2 });
    for (const name of ['a', 'b', 'a', 'c', 'a', 'b']) await resolver.resolve(name);
    expect(asked).toEqual(['a', 'b', 'c', 'b']);
  });
});
