import { describe, expect, it } from 'vitest';
import { ApiHarness } from '../support/api-harness.ts';

describe('the files of the dashboard', () => {
  const shared = ApiHarness.shared();

  it('are all there', async () => {
    const seen = new Set<string>();
    const open = ['/'];
    for (let path = open.pop(); path !== undefined; path = open.pop()) {
      if (seen.has(path)) continue;
      seen.add(path);
      const response = await shared().send('GET', path);
      expect(response.status, path).toBe(200);
      const text = await response.text();
      const linked = [...text.matchAll(/"(\/assets\/[^"]+)"/g)].map(([, name = '']) => name);
      const imported = [...text.matchAll(/from '\.\/([^']+)'/g)].map(([, name]) => `/assets/${name}`);
      open.push(...linked, ...imported);
    }
    expect([...seen]).toEqual(
      expect.arrayContaining(['/assets/theme.css', '/assets/main.js', '/assets/format.js']),
    );
  });

  it('have their types', async () => {
    const typeOf = async (path: string) => (await shared().send('GET', path)).headers.get('Content-Type');
    expect(await typeOf('/')).toBe('text/html; charset=utf-8');
    expect(await typeOf('/assets/main.js')).toBe('text/javascript; charset=utf-8');
    expect(await typeOf('/assets/theme.css')).toBe('text/css; charset=utf-8');
    expect(await typeOf('/assets/icon.svg')).toBe('image/svg+xml');
  });

  it('are not sent again to those who have them', async () => {
    const etag = (await shared().send('GET', '/assets/main.js')).headers.get('ETag') ?? '';
    const again = await shared().send('GET', '/assets/main.js', { headers: { 'If-None-Match': etag } });
    expect(again.status).toBe(304);
    expect(await again.text()).toBe('');
  });

  it.each([
    'nothing.js',
    '..%2fassets.ts',
    '..%2F..%2Fcreate-api.ts',
    'index.html',
    'tsconfig.json',
    '%00.js',
  ])('do not include %s', async (name) => {
    expect((await shared().send('GET', `/assets/${name}`)).status).toBe(404);
  });
});
