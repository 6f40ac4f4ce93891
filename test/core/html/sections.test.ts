import { describe, expect, it } from 'vitest';
import { outline, read } from './read.ts';

const SHOP = `<!doctype html><html lang="en"><title>Lamps - Shop</title><body>
  <div id="cookie-banner" class="bar">We use cookies. <button>Accept</button></div>
  <header><a href="/">Shop</a>
    <nav aria-label="Main"><a href="/lamps">Lamps</a> <a href="/chairs">Chairs</a></nav>
    <form role="search" action="/find"><input name="q" aria-label="Search"><button>Go</button></form>
  </header>
  <main>
    <nav aria-label="Breadcrumb"><a href="/">Home</a> &gt; Lamps</nav>
    <h1>Lamps</h1><p>All our <b>lamps</b>.</p>
    <h2 id="new">New</h2><p>Fresh in.</p>
    <h3>This week</h3><p>One lamp.</p>
    <h2>Sizes</h2>
    <table><caption>Sizes in cm</caption><tr><th>S<th>L<tr><td>10<td>30</table>
    <ul class="cards"><li><a href="/l/1">Ada</a> 10 €<li><a href="/l/2">Bea</a> 20 €<li><a href="/l/3">Cia</a> 30 €</ul>
    <div class="pagination"><a href="?page=1">1</a> <a href="?page=2" rel="next">2</a></div>
  </main>
  <aside><h2>Ads</h2>Buy.</aside>
  <footer>© Shop <a href="/imprint">Imprint</a></footer>`;

describe('sections of a page', () => {
  it('splits a shop page into its landmarks and parts, in document order', () => {
    expect(outline(SHOP)).toEqual([
      ['banner#cookie-banner', 'We use cookies. Accept'],
      ['header[1]', 'Shop'],
      ['header[1]/navigation[1]', 'Lamps Chairs'],
      ['header[1]/search[1]', 'Go'],
      ['main', 'Lamps All our lamps.'],
      ['main/breadcrumb[1]', 'Home > Lamps'],
      ['main/section#new', 'New Fresh in.'],
      ['main/section#new/section[1]', 'This week One lamp.'],
      ['main/section[1]', 'Sizes'],
      ['main/section[1]/table[1]', 'Sizes in cm S L 10 30'],
      ['main/section[1]/list[1]', 'Ada 10 € Bea 20 € Cia 30 €'],
      ['main/section[1]/pagination[1]', '1 2'],
      ['aside[1]', 'Ads Buy.'],
      ['footer[1]', '© Shop Imprint'],
    ]);
  });

  it('names them by ARIA, heading or caption, and says where they stand', () => {
    const { sections } = read(SHOP);
    const at = (path: string) => sections.find((section) => section.path === path);
    expect(sections.map(({ order }) => order)).toEqual(sections.map((_, index) => index));
    expect(at('header[1]/navigation[1]')).toMatchObject({ label: 'Main', heading: null, parent: 1 });
    expect(at('main')).toMatchObject({ label: 'Lamps', heading: 'Lamps', parent: null });
    expect(at('main/section#new')).toMatchObject({ heading: 'New', anchor: 'new', parent: 4 });
    expect(at('main/section[1]/table[1]')).toMatchObject({ type: 'table', label: 'Sizes in cm', parent: 8 });
    expect(at('aside[1]')).toMatchObject({ heading: 'Ads', parent: null });
  });

  it('puts text outside of all sections into a main section, or into `top` beside a real one', () => {
    expect(outline('Hello <p>world')).toEqual([['main', 'Hello world']]);
    expect(outline('<a href="#m">Skip</a><main>Text</main>')).toEqual([
      ['top', 'Skip'],
      ['main', 'Text'],
    ]);
  });

  it('drops sections with neither text nor links nor controls, and keeps those around others', () => {
    expect(outline('<main><section></section><section><article>A</article></section></main>')).toEqual([
      ['main', ''],
      ['main/section[2]', ''],
      ['main/section[2]/article[1]', 'A'],
    ]);
    expect(read('<nav><a href="/a"></a></nav>').sections).toHaveLength(1);
    expect(read('<nav><button></button></nav>').sections).toHaveLength(1);
    expect(read('').sections).toEqual([]);
  });

  it('begins no section for a header or footer inside an article', () => {
    const html = '<main><article><header><h2>T</h2></header>Body<footer>By A</footer></article></main>';
    expect(outline(html)).toEqual([
      ['main', ''],
      ['main/article[1]', 'T Body By A'],
    ]);
  });

  it('knows ARIA roles, and elements whose role takes their meaning away', () => {
    const roles = [
      'banner',
      'navigation',
      'main',
      'complementary',
      'contentinfo',
      'search',
      'form',
      'region',
      'dialog',
    ];
    const html = roles.map((role) => `<div role="${role}">x</div>`).join('');
    expect(
      read(html)
        .sections.map(({ type }) => type)
        .filter((type, index, all) => all.indexOf(type) === index),
    ).toEqual(['header', 'navigation', 'main', 'aside', 'footer', 'search', 'section', 'form', 'dialog']);
    expect(outline('<main><section role="none">x</section></main>')).toEqual([['main', 'x']]);
  });

  it('lets a heading end what a heading of its level or below began', () => {
    const html = '<main><h1>A</h1><h2>B</h2>b<h3>C</h3>c<h3>D</h3>d<h2>E</h2>e</main>';
    expect(outline(html)).toEqual([
      ['main', 'A'],
      ['main/section[1]', 'B b'],
      ['main/section[1]/section[1]', 'C c'],
      ['main/section[1]/section[2]', 'D d'],
      ['main/section[2]', 'E e'],
    ]);
  });

  it('lets no heading cross the end of the element that it stands in', () => {
    expect(outline('<main><article><h2>A</h2>a<h3>B</h3>b</article>rest</main>')).toEqual([
      ['main', 'rest'],
      ['main/article[1]', 'A a'],
      ['main/article[1]/section[1]', 'B b'],
    ]);
  });

  it('distinguishes data tables from layout tables', () => {
    const data = '<main><table><tr><td>a<td>b<tr><td>c<td>d</table></main>';
    expect(outline(data)).toEqual([
      ['main', ''],
      ['main/table[1]', 'a b c d'],
    ]);
    const nested =
      '<main><table><tr><td>x<tr><td><table><caption>In</caption><tr><td>y</table></table></main>';
    expect(outline(nested)).toEqual([
      ['main', 'x'],
      ['main/table[1]', 'In y'],
    ]);
    expect(outline('<main><table><tr><td>only row</table></main>')).toEqual([['main', 'only row']]);
    expect(outline('<main><table role="presentation"><tr><td>a<tr><td>b</table></main>')).toEqual([
      ['main', 'a b'],
    ]);
  });

  it('takes three or more alike children with links for a list', () => {
    const card = (n: number) => `<div class="card c${n}"><a href="/${n}">${n}</a></div>`;
    expect(outline(`<main><div>${card(1)}${card(2)}${card(3)}</div></main>`)).toEqual([
      ['main', ''],
      ['main/list[1]', '1 2 3'],
    ]);
    expect(outline(`<main><div>${card(1)}${card(2)}</div></main>`)).toEqual([['main', '1 2']]);
    expect(outline('<main><ul><li>a<li>b<li><a href="/c">c</a></ul></main>')).toEqual([['main', 'a b c']]);
  });

  it.each([
    ['<nav aria-label="breadcrumb"><a href="/">x</a></nav>', 'breadcrumb'],
    ['<ol class="breadcrumbs"><li><a href="/">x</a></ol>', 'breadcrumb'],
    ['<ol itemtype="https://schema.org/BreadcrumbList"><li>x</ol>', 'breadcrumb'],
    ['<nav aria-label="Pagination">x</nav>', 'pagination'],
    ['<div class="board paging">x</div>', 'pagination'],
    ['<ul><li>1<li><a rel="next" href="/2">2</a></ul>', 'pagination'],
    ['<div role="dialog" aria-label="Cookie choices">x</div>', 'banner'],
    ['<div class="gdpr-notice">x</div>', 'banner'],
    ['<div class="layer-popup" aria-label="쿠키 동의">x</div>', 'banner'],
    ['<div class="CookieBar__wrap">x</div>', 'banner'],
    ['<section id="cookies">x</section>', 'section'],
    ['<nav aria-label="You are here"><a href="/">x</a></nav>', 'breadcrumb'],
    ['<div id="breadcrumbs"><a href="/">x</a></div>', 'breadcrumb'],
    ['<div class="site-breadcrumb_wrap"><a href="/">x</a></div>', 'breadcrumb'],
    ['<div class="breadcrumb-item"><a href="/">x</a></div>', 'main'],
    ['<div class="location"><a href="/">홈</a> &gt; <a href="/b">게시판</a></div>', 'breadcrumb'],
    ['<div class="location">12 Harbour Road</div>', 'main'],
    ['<div id="pager"><a href="?page=2">2</a></div>', 'pagination'],
    ['<nav class="navigation posts-navigation"><a href="/page/2">Older</a></nav>', 'pagination'],
    ['<nav class="navigation post-navigation"><a href="/next">Next article</a></nav>', 'navigation'],
    ['<table class="x"><caption>C</caption><tr><td>1</table>', 'table'],
    ['<search>x</search>', 'search'],
    ['<form><input type="search"></form>', 'search'],
    ['<form>x</form>', 'form'],
    ['<dialog>x</dialog>', 'dialog'],
  ])('reads %s as %s', (html, type) => {
    expect(read(`<main>${html}</main>`).sections.at(-1)?.type).toBe(type);
  });

  it.each([
    ['<div id="b7">We use cookies. <a href="/privacy">More</a><button>Accept all</button></div>', 'banner'],
    ['<div><p>이 사이트는 쿠키를 사용합니다.</p><button>동의합니다</button></div>', 'banner'],
    ['<div><p>이 사이트는 쿠키를 사용합니다.</p><button>동의</button></div>', 'banner'],
    ['<div>Bake cookies with us. <a href="/bake">Join the class</a></div>', 'section'],
    ['<div>Sign here. <button>Accept</button></div>', 'section'],
    [`<div>We use cookies. ${'<p>More text.</p>'.repeat(80)}<button>Accept</button></div>`, 'section'],
  ])('outside of all sections reads %s as %s, by its words and controls', (html, type) => {
    expect(read(`<main>M</main>${html}`).sections.at(-1)?.type).toBe(type);
  });

  it('takes links that are cards for a list, and a line of links for none', () => {
    const card = (n: number) => `<a class="card" href="/${n}"><h3>${n}</h3></a>`;
    expect(outline(`<main><div>${card(1)}${card(2)}${card(3)}</div></main>`)).toEqual([
      ['main', ''],
      ['main/list[1]', '1 2 3'],
    ]);
    const link = (n: number) => `<a class="tag" href="/${n}">${n}</a> `;
    expect(outline(`<main><div>${link(1)}${link(2)}${link(3)}</div></main>`)).toEqual([['main', '1 2 3']]);
  });

  it('takes a form around the whole page for no section', () => {
    expect(outline('<form><header>H</header><main>M</main></form>')).toEqual([
      ['top', ''],
      ['header[1]', 'H'],
      ['main', 'M'],
    ]);
  });

  it('gives unique paths even where ids are not, and none to ids that change', () => {
    const html =
      '<main><section id="a">1</section><section id="a">2</section><section id="x-8f3a9c21b7">3</section></main>';
    expect(outline(html).map(([path]) => path)).toEqual([
      'main',
      'main/section#a',
      'main/section#a[2]',
      'main/section[1]',
    ]);
  });

  it('gives equal sections of different pages the same hash, and others another one', () => {
    const page = (link: string, text: string) => `<nav><a href="${link}">Home</a></nav><main>${text}</main>`;
    const [first] = read(page('/', 'one')).sections;
    const [second] = read(page('/', 'two'), { url: 'https://example.com/other' }).sections;
    const [third] = read(page('/start', 'one')).sections;
    expect(first?.hash).toMatch(/^[\da-f]{32}$/);
    expect(second?.hash).toBe(first?.hash);
    expect(third?.hash).not.toBe(first?.hash);
  });

  it('gives pages of equal content one content hash, whatever their URL', () => {
    const html = '<title>T</title><main><a href="#top">Top</a> <a href="/x">x</a></main>';
    const here = read(html, { url: 'https://example.com/a' }).contentHash;
    expect(read(html, { url: 'https://example.com/b?c' }).contentHash).toBe(here);
    expect(read(html.replace('/x', '/y')).contentHash).not.toBe(here);
    expect(read(html.replace('>T<', '>U<')).contentHash).not.toBe(here);
  });

  it('bounds the number and the depth of sections', () => {
    const many = '<section>x</section>'.repeat(6000);
    // A place is kept for text that stands outside of all.
    expect(read(`<main>${many}</main>`).sections).toHaveLength(4999);
    expect(read(`<main>${many}</main>text`).sections).toHaveLength(5000);
    const deep = read('<section>x'.repeat(200)).sections;
    expect(deep).toHaveLength(24);
    expect(deep.at(-1)?.text).toHaveLength(2 * (200 - 22) - 1);
  });
});

describe('text of sections', () => {
  it('folds white space, and parts words at the edges of blocks but not within lines', () => {
    expect(outline('<main>a\n\t b&nbsp; c<p>d</p><b>e</b><i>f</i><br>g<ul><li>h<li>i</ul></main>')).toEqual([
      ['main', 'a b c d ef g h i'],
    ]);
  });

  it('leaves out what is not shown', () => {
    const hidden = [
      '<script>s</script>',
      '<style>s</style>',
      '<template>t</template>',
      '<p hidden>h</p>',
      '<p aria-hidden="true">a</p>',
      '<p style="color:red; display:none">d</p>',
      '<p style="visibility: hidden">v</p>',
      '<svg><title>t</title></svg>',
      '<select><option>o</select>',
      '<textarea>t</textarea>',
      '<!-- c -->',
      '<h2>H <a href="#h">¶</a></h2>',
    ].join('');
    expect(outline(`<body>x${hidden}y`)[0]).toEqual(['main', 'x']);
    expect(outline(`<body>x${hidden}y`)[1]).toEqual(['main/section#h', 'H y']);
    expect(read(`<body>x${hidden}y`).textLength).toBe('x H y'.length);
  });

  it('reads `noscript` where no scripts ran', () => {
    const html = '<main>a<noscript><p>b</noscript></main>';
    expect(outline(html)).toEqual([['main', 'a b']]);
    expect(outline(html, { scripting: true })).toEqual([['main', 'a']]);
  });

  it('goes on after an inner section where it was', () => {
    expect(outline('<main>a<aside>x</aside>b<aside>y</aside>c</main>')).toEqual([
      ['main', 'a b c'],
      ['main/aside[1]', 'x'],
      ['main/aside[2]', 'y'],
    ]);
  });

  it('survives markup that is not closed or closed twice', () => {
    expect(outline('<main><p>a<div>b<b>c</div></p>d</main></main></div>e<a href=/x>f')).toEqual([
      ['main', 'a bc d'],
      ['top', 'ef'],
    ]);
  });
});

describe('headings', () => {
  it('have a level, a text, their section and the fragment that leads to them', () => {
    const html = `<main><h1>Top</h1><section id="s"><h2>In section</h2></section><h2 id="own">Own</h2>
      <a name="old"></a><h3>Old <i>way</i></h3><h4>Plain</h4><h5><a id="in"></a>Within</h5>
      <h6>Mark<a href="#mark">#</a></h6><div role="heading" aria-level="4">Aria</div></main>`;
    const { headings } = read(html);
    expect(headings.map(({ level, text, anchor }) => [level, text, anchor])).toEqual([
      [1, 'Top', null],
      [2, 'In section', 's'],
      [2, 'Own', 'own'],
      [3, 'Old way', 'old'],
      [4, 'Plain', null],
      [5, 'Within', 'in'],
      [6, 'Mark', 'mark'],
      [4, 'Aria', null],
    ]);
    expect(headings.map(({ section }) => section)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it('are not taken from what is hidden, nor without text', () => {
    expect(read('<h1 hidden>A</h1><h2></h2><h1><img alt="C"></h1>').headings).toEqual([
      { level: 1, text: 'C', anchor: null, section: 0 },
    ]);
  });
});
