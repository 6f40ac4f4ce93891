import { describe, expect, it } from 'vitest';
import { pageMarkdown } from '../../../src/core/export/markdown.ts';
import type { StoredLink } from '../../../src/model/link.ts';
import { page, section } from './sites.ts';

function link(text: string, path: string, about: Partial<StoredLink> = {}): StoredLink {
  return { url: `http://site.test${path}`, fragment: '', text, role: 'link', section: 0, ...about };
}

const said = (text: string, links: readonly StoredLink[]) =>
  pageMarkdown(page('/', { title: 'T', sectionRows: [section('main', { text })], linkRows: links }), {
    level: 1,
    links: true,
  })
    .split('\n')
    .slice(4)
    .join('\n')
    .trimEnd();

describe('a page as Markdown', () => {
  it('is what it says under its headings, with its links', () => {
    const sections = [
      section('header/navigation#menu', { order: 0, text: 'Home' }),
      section('main', { order: 1, heading: 'Ferries', text: 'Ferries See the timetable or call.' }),
      section('main/section#prices', { order: 2, heading: 'Prices', text: 'Prices Ten pence.' }),
    ];
    const linkRows = [
      link('Home', '/', { section: 0 }),
      link('the timetable', '/times', { section: 1, fragment: 'today' }),
    ];
    const detail = page('/', { title: 'Saltmere', description: 'A *port*', sectionRows: sections, linkRows });
    expect(pageMarkdown(detail, { level: 1, links: true })).toBe(`# Saltmere

<http://site.test/>

> A \\*port\\*

## Ferries

See [the timetable](<http://site.test/times#today>) or call.

### Prices

Ten pence.
`);
  });

  it('has a list of links for a section that is nothing else', () => {
    expect(said('One Two', [link('One', '/1'), link('Two', '/2')])).toBe(
      '- [One](<http://site.test/1>)\n- [Two](<http://site.test/2>)',
    );
  });

  it.each([
    ['Go go', [link('go', '/a')], 'Go [go](<http://site.test/a>)'],
    ['- a dash', [link('dash', '/a')], '\\- a [dash](<http://site.test/a>)'],
    ['x [y] z', [link('[y]', '/a>b')], 'x [\\[y\\]](<http://site.test/a%3Eb>) z'],
    ['only this', [link('named otherwise', '/a'), link('', '/b')], 'only this'],
    ['a b', [link('b', '/b'), link('a', '/a')], 'a [b](<http://site.test/b>)'],
    ['a - b', [link('a', '/a')], '[a](<http://site.test/a>) - b'],
  ])('links in %s', (text, links, markdown) => {
    expect(said(text, links)).toBe(markdown);
  });
});
