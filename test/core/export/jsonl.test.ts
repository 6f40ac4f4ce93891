import { describe, expect, it } from 'vitest';
import { exportJsonl } from '../../../src/core/export/jsonl.ts';
import { link, NASTY, page, section, siteOf, textOf } from './sites.ts';

describe('a site as JSON lines', () => {
  it('is the site, its pages, their sections and links', async () => {
    const front = page('/', {
      description: NASTY,
      sectionRows: [section('main', { heading: 'Welcome', text: 'Come\nin' })],
      linkRows: [link('http://elsewhere.test/', 'Away', { fragment: 'x' })],
    });
    const text = await textOf(exportJsonl(siteOf([front, page('/a')])));
    expect(text.endsWith('\n')).toBe(true);
    const lines = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines).toMatchObject([
      { kind: 'site', url: 'http://site.test/', title: 'A site', host: 'site.test', pages: 2 },
      {
        kind: 'page',
        url: 'http://site.test/',
        description: NASTY,
        depth: 1,
        first_seen: '1970-01-01T00:00:00.000Z',
        last_seen: '1970-01-02T00:00:00.000Z',
      },
      { kind: 'section', id: 'id-main', page: 'http://site.test/', heading: 'Welcome', text: 'Come\nin' },
      {
        kind: 'link',
        from: 'http://site.test/',
        section: 'id-main',
        to: 'http://elsewhere.test/',
        fragment: 'x',
        text: 'Away',
        role: 'link',
      },
      { kind: 'page', url: 'http://site.test/a' },
    ]);
  });
});
