import { describe, expect, it } from 'vitest';
import { compileScope, type ScopeOptions, scopeForSeed } from '../../../src/core/url/scope.ts';

const OPTIONS: ScopeOptions = { subdomains: false, include: ['/a'], exclude: ['/b'], hashRoutes: true };
const DOMAINS = ['example.com', 'example.co.uk', 'www.github.io'];

function registrableDomain(host: string): string | null {
  return DOMAINS.find((domain) => host === domain || host.endsWith(`.${domain}`)) ?? null;
}

describe('scopeForSeed', () => {
  it.each([
    ['https://Example.com/docs/', 'example.com'],
    ['https://www.example.com/', 'www.example.com'],
    ['https://example.com:443/', 'example.com'],
    ['http://example.com:8080/', 'example.com:8080'],
    ['http://user@example.com.:8080/', 'example.com:8080'],
    ['http://[::1]:3000/', '[::1]:3000'],
  ])('%s: the host is %s', (seed, host) => {
    expect(scopeForSeed(seed, OPTIONS, registrableDomain)).toEqual({ ...OPTIONS, hosts: [host] });
  });

  it.each([
    ['https://example.com/', 'example.com'],
    ['https://www.example.com/', 'example.com'],
    ['https://www.example.co.uk:8443/', 'example.co.uk:8443'],
    ['https://docs.example.com/', 'docs.example.com'],
    ['https://www.docs.example.com/', 'www.docs.example.com'],
    ['https://www.github.io/', 'www.github.io'],
    ['http://127.0.0.1:3000/', '127.0.0.1:3000'],
    ['http://[::1]:3000/', '[::1]:3000'],
    ['http://localhost/', 'localhost'],
  ])('%s with sub-domains: below %s', (seed, host) => {
    const rules = scopeForSeed(seed, { ...OPTIONS, subdomains: true }, registrableDomain);
    expect(rules.hosts).toEqual([host]);
  });

  it.each(['http://example.com:80/', 'https://www.example.com/', 'http://[::1]:3000/', 'http://0x7f.1:81/'])(
    'has %s itself in scope',
    (seed) => {
      const rules = scopeForSeed(seed, { ...OPTIONS, include: [], exclude: [] }, registrableDomain);
      expect(compileScope(rules).verdict(new URL(seed).href)).toBeNull();
    },
  );

  it.each(['ftp://example.com/', 'example.com', ''])('refuses %j', (seed) => {
    expect(() => scopeForSeed(seed, OPTIONS, registrableDomain)).toThrow(
      expect.objectContaining({ code: 'bad-url' }),
    );
  });
});
