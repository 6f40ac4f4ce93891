import { describe, expect, it } from 'vitest';
import { exportMarkdown } from '../../../src/core/export/markdown.ts';
import { page, section, siteOf, textOf } from './sites.ts';

describe('a site as Markdown', () => {
  it('is its pages and what they say, without menus and footers', async () => {
    const front = page('/', {
      title: 'Front',
      description: 'Where it begins',
      sectionRows: [
        section('navigation[1]', { label: 'Menu', text: 'Home About' }),
        section('main', { heading: 'Welcome', text: 'Welcome Come in.' }),
        section('main/section[1]', { heading: 'Prices', text: 'Prices Ten pence.' }),
        section('main/section[1]/list[1]', { text: 'One Two' }),
        section('footer/section[1]', { heading: 'Legal', text: 'Legal Small print' }),
      ],
    });
    const text = await textOf(exportMarkdown(siteOf([front, page('/a', { title: 'A' })], 'Saltmere')));
    expect(text).toBe(`# Saltmere

<http://site.test/>

- [Front](<http://site.test/>)
- [A](<http://site.test/a>)

## Front

<http://site.test/>

> Where it begins

### Welcome

Come in.

#### Prices

Ten pence.

One Two

## A

<http://site.test/a>
`);
  });

  it.each([
    ['# not a heading', '\\# not a heading'],
    ['1. not a list', '1\\. not a list'],
    ['- not a list', '\\- not a list'],
    [
      'a *b* _c_ `d` [e](f) <g> | ~h~ &amp;',
      'a \\*b\\* \\_c\\_ \\`d\\` \\[e\\](f) \\<g\\> \\| \\~h\\~ \\&amp;',
    ],
    ['2024 was long', '2024 was long'],
    ['3.14 is pi', '3\\.14 is pi'],
    ['line\nbreak\u2028 and   spaces ', 'line break and spaces'],
    ['back\\slash', 'back\\\\slash'],
  ])('takes what a page says as text: %s', async (said, escaped) => {
    const pages = [page('/', { title: 'T', sectionRows: [section('main', { text: said })] })];
    const text = await textOf(exportMarkdown(siteOf(pages)));
    expect(text.trimEnd().split('\n').at(-1)).toBe(escaped);
  });

  it('goes no deeper than six levels of headings', async () => {
    const path = 'main/section[1]/section[1]/section[1]/section[1]/section[1]';
    const text = await textOf(
      exportMarkdown(siteOf([page('/', { sectionRows: [section(path, { heading: 'Deep' })] })])),
    );
    expect(text).toContain('\n###### Deep\n');
  });
});
