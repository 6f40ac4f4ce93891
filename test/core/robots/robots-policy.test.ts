import { describe, expect, it } from 'vitest';
import { robotsPolicy } from '../../../src/core/robots/robots-policy.ts';

const CLOSED = 'User-agent: *\nDisallow: /closed\nCrawl-delay: 2\nSitemap: https://example.com/s.xml';

describe('robotsPolicy', () => {
  it.each([
    [200, 'rules'],
    [204, 'rules'],
    [301, 'unavailable'],
    [304, 'unavailable'],
    [400, 'unavailable'],
    [401, 'unavailable'],
    [403, 'unavailable'],
    [404, 'unavailable'],
    [410, 'unavailable'],
    [451, 'unavailable'],
    [429, 'unreachable'],
    [500, 'unreachable'],
    [503, 'unreachable'],
    [599, 'unreachable'],
    [100, 'unreachable'],
    [0, 'unreachable'],
    [999, 'unreachable'],
  ])('status %i: %s', (status, kind) => {
    const policy = robotsPolicy({ kind: 'response', status, body: CLOSED }, 'waymark');
    expect(policy.kind).toBe(kind);
    expect(policy.allows('https://example.com/closed')).toBe(kind === 'unavailable');
    expect(policy.allows('https://example.com/open')).toBe(kind !== 'unreachable');
  });

  it('of a file has its delay and its sitemaps', () => {
    const policy = robotsPolicy({ kind: 'response', status: 200, body: CLOSED }, 'waymark');
    expect(policy.crawlDelayMs).toBe(2_000);
    expect(policy.sitemaps).toEqual(['https://example.com/s.xml']);
  });

  it('forbids everything, even robots.txt, if there is no response', () => {
    const policy = robotsPolicy({ kind: 'unreachable' }, 'waymark');
    expect(policy.kind).toBe('unreachable');
    expect(policy.allows('https://example.com/')).toBe(false);
  });

  it('allows all behind more than five redirects (§2.3.1.2)', () => {
    const policy = robotsPolicy({ kind: 'too-many-redirects' }, 'waymark');
    expect(policy.kind).toBe('unavailable');
    expect(policy.allows('https://example.com/')).toBe(true);
  });

  it('allows all where an HTML page is served in its place', () => {
    const body = '<!doctype html><title>Not found</title><p>User-agent: *<p>Disallow: /';
    const policy = robotsPolicy({ kind: 'response', status: 200, body }, 'waymark');
    expect(policy.allows('https://example.com/')).toBe(true);
  });
});
