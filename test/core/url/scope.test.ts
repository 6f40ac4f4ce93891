import { describe, expect, it } from 'vitest';
import { compileScope } from '../../../src/core/url/scope.ts';
import type { ScopeRules } from '../../../src/model/crawl-options.ts';

const SITE: ScopeRules = {
  hosts: ['example.com'],
  subdomains: false,
  include: [],
  exclude: [],
  hashRoutes: false,
};

function verdict(url: string, rules: Partial<ScopeRules> = {}) {
  return compileScope({ ...SITE, ...rules }).verdict(url);
}

describe('compileScope: hosts', () => {
  it.each([
    ['example.com', 'https://example.com/', null],
    ['example.com', 'http://example.com/', null],
    ['example.com', 'https://www.example.com/', null],
    ['www.example.com', 'https://example.com/', null],
    ['example.com', 'https://docs.example.com/', 'out-of-scope'],
    ['example.com', 'https://badexample.com/', 'out-of-scope'],
    ['example.com', 'https://example.com.evil.net/', 'out-of-scope'],
    ['example.com', 'https://example.com@evil.net/', 'out-of-scope'],
    ['example.com', 'https://evil.net/example.com/', 'out-of-scope'],
    ['example.com', 'https://example.com:8443/', 'out-of-scope'],
    ['example.com:8443', 'https://example.com:8443/', null],
    ['example.com:8443', 'http://www.example.com:8443/', null],
    ['example.com:8443', 'https://example.com/', 'out-of-scope'],
    ['127.0.0.1:3000', 'http://127.0.0.1:3000/', null],
    ['[::1]:3000', 'http://[::1]:3000/a', null],
    ['[::1]:3000', 'http://[::1]:3001/a', 'out-of-scope'],
  ])('%s: %s is %s', (host, url, expected) => expect(verdict(url, { hosts: [host] })).toBe(expected));

  it('may be several', () => {
    const rules = { hosts: ['a.example', 'b.example'] };
    expect(verdict('https://b.example/', rules)).toBeNull();
    expect(verdict('https://c.example/', rules)).toBe('out-of-scope');
  });
});

describe('compileScope: sub-domains', () => {
  it.each([
    ['example.com', 'https://a.b.example.com/', null],
    ['example.com', 'https://example.com/', null],
    ['example.com', 'https://badexample.com/', 'out-of-scope'],
    ['example.com', 'https://a.example.com:8443/', 'out-of-scope'],
    ['example.com:8443', 'https://a.example.com:8443/', null],
    ['docs.example.com', 'https://v2.docs.example.com/', null],
    ['docs.example.com', 'https://example.com/', 'out-of-scope'],
    ['www.github.io', 'https://someone.github.io/', 'out-of-scope'],
  ])('%s: %s is %s', (host, url, expected) => {
    expect(verdict(url, { hosts: [host], subdomains: true })).toBe(expected);
  });
});

describe('compileScope: patterns and length', () => {
  it.each([
    [{ exclude: ['/private'] }, 'https://example.com/private/a', 'excluded'],
    [{ exclude: ['/private'] }, 'https://example.com/public', null],
    [{ include: ['/docs/*'] }, 'https://example.com/docs/a', null],
    [{ include: ['/docs/*'] }, 'https://example.com/blog', 'excluded'],
    [{ include: ['/docs/*', '/blog'] }, 'https://example.com/blog', null],
    [{ include: ['/docs/*'], exclude: ['*.pdf'] }, 'https://example.com/docs/a.pdf', 'excluded'],
    [{ exclude: ['*'] }, 'https://other.example/', 'out-of-scope'],
  ] as const)('%j: %s is %s', (rules, url, expected) => expect(verdict(url, rules)).toBe(expected));

  it('takes 2,048 characters and no more', () => {
    const url = `https://example.com/${'a'.repeat(2028)}`;
    expect(url).toHaveLength(2048);
    expect(verdict(url)).toBeNull();
    expect(verdict(`${url}a`)).toBe('url-too-long');
    expect(verdict(`${url}a`, { hosts: ['other.example'] })).toBe('out-of-scope');
  });

  it('takes linear time under hostile patterns', () => {
    const scope = compileScope({ ...SITE, exclude: [`/${'*a'.repeat(20)}b$`, `*${'a'.repeat(400)}b*`] });
    const url = `https://example.com/${'a'.repeat(2000)}`;
    const started = performance.now();
    for (let visit = 0; visit < 1_000; visit++) expect(scope.verdict(url)).toBeNull();
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
