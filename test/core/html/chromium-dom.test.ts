import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listen } from '../../../src/app/listen.ts';
import { createDemoSite } from '../../../src/demo/demo-site.ts';
import { testBrowser } from '../../pools/browser/test-browser.ts';
import { DomComparison } from '../../support/dom-comparison.ts';
import { type Site, startSite } from '../../support/fixture-site.ts';

const MINUTE = 60_000;

/** Markup that is read wrong where a parser does not do as browsers do. `$ORIGIN` is the site's own. */
const PAGES: Readonly<Record<string, string>> = {
  '/unclosed':
    '<h1>One<h2>Two <b>bold<a href=/a>A<a href=/b>B<p>x<h3>Three</h4>y<div><a href="/c">C</div><a href=/d>D',
  '/foster':
    '<table><a href=/before>lost</a><tr><h2>Out of the table</h2><td><a href=/cell>cell</a><table><tr><td><a href=/inner>inner</a></table><h3>In a cell</h3></table>',
  '/nested-tables': '<table>'.concat(
    '<tr><td><table>'.repeat(50),
    '<tr><td><h4>Deep</h4><a href=/deep>d</a>',
  ),
  '/template':
    '<template><a href=/not>no</a><h2>Not</h2></template><div><template><template><a href=/nor>no</a></template></template></div><a href=/yes>yes</a><h2>Yes</h2>',
  '/noscript':
    '<head><noscript><link rel=stylesheet href=/x.css></noscript></head><body><noscript><a href=/plain>plain</a><h2>Plain</h2></noscript><a href=/always>a</a>',
  '/svg':
    '<svg><a href="/svg-link"><text>In a picture</text></a><a xlink:href="/old-svg"><text>old</text></a><title>T</title></svg><svg><foreignObject><a href=/foreign>f</a><h2>Foreign</h2></foreignObject></svg><a href=/after>after</a>',
  '/math': '<math><mi><a href=/in-math>m</a></mi></math><h2>Sum</h2>',
  '/base':
    '<base href="/deeper/place/"><base href="/not-this/"><a href=page>p</a><a href="../up">u</a><a href="#here">h</a><a href="?q=1">q</a>',
  '/base-late': '<body><a href=early>e</a><base href="/late/"><a href=late>l</a>',
  '/base-other': '<base href="https://other.example/x/"><a href=y>y</a><a href="//third.example/z">z</a>',
  '/area':
    '<img usemap="#m" src=x><map name=m><area href=/north alt=North><area href=/south alt=South shape=circle coords="1,2,3"><area nohref><area></map>',
  '/attributes':
    '<a href=" /spaces\n ">s</a><a HREF=/upper>u</a><a href=/first href=/second>f</a><a href="/a&amp;b?c=1&copy=2&lt">e</a><a href=/unquoted?x=1&y=2>q</a><a href="/tab\there">t</a><a href="\\back\\slash">b</a>',
  '/schemes':
    '<a href="javascript:void(0)">j</a><a href="mailto:a@b.example">m</a><a href="tel:1">t</a><a href="data:text/plain,x">d</a><a href=" JAVASCRIPT:x">J</a><a href="ftp://f.example/">f</a><a href="https://s.example">s</a><a href="http://[bad">bad</a>',
  '/empty':
    '<a href="">here</a><a href>here too</a><a>no</a><a name=x>no</a><h1></h1><h2> </h2><h3><img alt=""></h3><h4>said</h4>',
  '/raw':
    '<script>var x = "<a href=/script>s</a><h1>s</h1>";</script><style>/* <a href=/style>s</a> */</style><textarea><a href=/area>t</a></textarea><title><a href=/title>t</a></title><xmp><a href=/xmp>x</a></xmp><iframe><a href=/iframe>i</a></iframe><!-- <a href=/comment>c</a> --><a href=/real>r</a>',
  '/select': '<select><option>o</select><button><a href=/in-button>b</a><h5>In a button</h5></button>',
  '/formatting': `<p>${'<b><i>'.repeat(30)}<a href=/in-bold>x<p>y<a href=/second>z</a>`.concat(
    '<h2>After</h2>',
  ),
  '/plaintext': '<a href=/before>b</a><h2>Before</h2><plaintext><a href=/text>t</a><h2>Not</h2>',
  '/frames': '<iframe src="/framed"></iframe><a href=/linked>l</a>',
  '/headings':
    '<h1><span>Two</span> <em>words</em></h1><h2><a href=/linked>Linked</a></h2><h6>Six</h6><h7>Seven</h7><div role=heading aria-level=3>By role</div><h2>With <script>1</script>a script</h2><hgroup><h3>Grouped</h3><p>more</p></hgroup>',
  '/hidden':
    '<div hidden><a href=/hidden-link>h</a></div><div style="display:none"><a href=/styled>s</a></div><a href=/shown aria-hidden=true>x</a>',
  '/quirks':
    '<font><center><a href=/a>a</font></center></a><dl><dt><a href=/dt>t<dd><a href=/dd>d</dl><li><a href=/li>l<nobr><a href=/n>n',
  '/form': '<form><form><a href=/in-form>f</a></form><input><a href=/in-form-2>g</a><form><h2>Form</h2>',
  '/body':
    '<a href=/early>e</a><html lang=en><body class=x><a href=/b>b</a></body></html><a href=/late>l</a><h2>Late</h2>',
  '/many': Array.from({ length: 2000 }, (_, n) => `<li><a href="/p/${n}">${n}</a>`).join(''),
  '/deep': `${'<div>'.repeat(400)}<a href=/bottom>b</a><h2>Bottom</h2>`,
};

describe.each([
  { javaScript: false, name: 'as the server sends it' },
  { javaScript: true, name: 'as a browser has it' },
])('links and headings of a page, $name', ({ javaScript }) => {
  let comparison: DomComparison;
  let site: Site;
  let demo: Awaited<ReturnType<typeof listen>>;

  beforeAll(async () => {
    site = await startSite(PAGES);
    demo = await listen(createDemoSite().fetch, '127.0.0.1', 0);
    comparison = await DomComparison.open(await testBrowser(), javaScript);
  }, MINUTE);
  afterAll(async () => {
    await comparison[Symbol.asyncDispose]();
    await demo.close();
    await site.close();
  });

  it.each(Object.keys(PAGES))('are those of Chromium’s DOM: %s', { timeout: MINUTE }, async (path) => {
    const { links, headings } = await comparison.compare(site.url(path));
    expect({
      links: [links.missing, links.invented],
      headings: [headings.missing, headings.invented],
    }).toEqual({
      links: [[], []],
      headings: [[], []],
    });
  });

  it.each(['/', '/ko/guide', '/about/branches', '/notices?page=7', '/rooms'])(
    'are those of Chromium’s DOM on the demo site: %s',
    { timeout: MINUTE },
    async (path) => {
      const { links, headings } = await comparison.compare(demo.origin + path);
      expect(links.expected).toBeGreaterThan(10);
      expect([links.missing, links.invented, headings.missing, headings.invented]).toEqual([[], [], [], []]);
    },
  );
});
