import type { UrlReason } from '../../src/model/reason.ts';
import type { Served } from './fixture-site.ts';
import {
  dripForEver,
  gzipBomb,
  headersForEver,
  htmlPage,
  inTurn,
  longHtml,
  redirectTo,
  resetInBody,
  silence,
  untyped,
} from './hostile-responses.ts';

/** The expected final state in the ledger. */
export interface Expectation {
  readonly state: 'done' | 'failed' | 'skipped';
  readonly reason?: UrlReason;
  /** Visits; `all` is the maximum number of attempts. Omitted where both are valid. */
  readonly attempts?: number | 'all';
}

/** The expected outcome, or all valid outcomes. */
export type Expected = Expectation | readonly Expectation[];

export interface HostileCase {
  /** A path of the site, or the URL of a link that leaves it. */
  readonly path: string;
  readonly what: string;
  readonly expect: Expected;
  /** Instead of `expect` when a browser fetches. */
  readonly browserExpect?: Expected;
  /** Instead of `expect` when pages are fetched over plain HTTP. */
  readonly httpExpect?: Expected;
}

interface ServedCase extends HostileCase {
  /** Creates the response; called once per site, so that counters start at zero. Null: another case serves it, or none. */
  readonly serve: (() => Served) | null;
}

const MEGABYTE = 1024 * 1024;
const DONE: Expectation = { state: 'done' };
const TOO_LARGE: Expectation = { state: 'failed', reason: 'too-large' };
const TIMEOUT: Expectation = { state: 'failed', reason: 'timeout' };
const REDIRECT: Expectation = { state: 'skipped', reason: 'redirect' };
const LOOP: Expectation = { state: 'failed', reason: 'redirect-loop' };
const NOT_HTML: Expectation = { state: 'skipped', reason: 'not-html' };

const HTML_HEADERS = { 'content-type': 'text/html; charset=utf-8' };
const PNG_START = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const ATTACHMENT = {
  headers: {
    'content-type': 'application/octet-stream',
    'content-disposition': 'attachment; filename="data.bin"',
  },
  body: 'data',
};

/** Hops of `/chain/1` until the page at its end. */
export const CHAIN_HOPS = 12;
/** Number of links on `/many-links`, to `/sink/1` and so on, which robots.txt disallows. */
export const MANY_LINKS = 20_000;

function page(title: string, content: string, head = ''): () => Served {
  return () => htmlPage(title, content, head);
}

const STATUS_CASES: readonly ServedCase[] = [
  {
    path: '/status/401',
    what: '401',
    serve: () => ({
      status: 401,
      headers: { ...HTML_HEADERS, 'www-authenticate': 'Basic realm="x"' },
      body: 'no',
    }),
    expect: { state: 'failed', reason: 'blocked', attempts: 1 },
  },
  {
    path: '/status/403',
    what: '403',
    serve: () => ({ status: 403, body: htmlPage('Forbidden', '') }),
    expect: { state: 'failed', reason: 'blocked', attempts: 1 },
  },
  {
    path: '/status/404',
    what: '404',
    serve: () => ({ status: 404, body: htmlPage('Not found', '') }),
    expect: { state: 'failed', reason: 'http-status', attempts: 1 },
  },
  {
    path: '/status/429',
    what: '429 with Retry-After: 1, then a page',
    serve: () =>
      inTurn(
        { status: 429, headers: { ...HTML_HEADERS, 'retry-after': '1' }, body: 'later' },
        { body: htmlPage('After 429', '<p>Thank you for waiting.</p>') },
      ),
    expect: { state: 'done', attempts: 2 },
  },
  {
    path: '/status/500',
    what: '500 always',
    serve: () => ({ status: 500, body: htmlPage('Broken', '') }),
    expect: { state: 'failed', reason: 'http-status', attempts: 'all' },
  },
  {
    path: '/status/503',
    what: '503 once, then a page',
    serve: () =>
      inTurn(
        { status: 503, body: htmlPage('Busy', '') },
        { body: htmlPage('After 503', '<p>Here we are.</p>') },
      ),
    expect: { state: 'done', attempts: 2 },
  },
];

const REDIRECT_CASES: readonly ServedCase[] = [
  {
    path: '/loop/a',
    what: 'a redirect loop',
    serve: () => redirectTo('/loop/b'),
    expect: { ...LOOP, attempts: 1 },
  },
  {
    path: '/loop/self',
    what: 'a redirect to itself',
    serve: () => redirectTo('/loop/self'),
    expect: { ...LOOP, attempts: 1 },
  },
  {
    path: '/chain/1',
    what: `a chain of ${CHAIN_HOPS} redirects; a crawler may give up on it or follow it to /chain/end`,
    serve: () => redirectTo('/chain/2'),
    expect: [LOOP, REDIRECT],
  },
  {
    path: '/chain/end',
    what: 'the page at the end of the chain',
    serve: page('End of the chain', '<p>You made it.</p>'),
    expect: DONE,
  },
  {
    path: '/to-no-such-host',
    what: 'a redirect to a host that does not resolve, out of scope',
    serve: () => redirectTo('http://no-such-host.invalid/'),
    expect: { state: 'skipped', reason: 'redirect-out-of-scope' },
  },
  {
    path: '/to-file',
    what: 'a redirect to a file: URL',
    serve: () => redirectTo('file:///etc/hostname'),
    expect: [
      { state: 'skipped', reason: 'redirect-out-of-scope' },
      { state: 'failed', reason: 'http-status' },
      { state: 'failed', reason: 'connection' },
    ],
  },
  {
    path: '/refresh',
    what: 'a meta refresh to /refreshed',
    serve: page('Refresh', '<p>Moving on.</p>', '<meta http-equiv="refresh" content="0; url=/refreshed">'),
    expect: [REDIRECT, DONE],
  },
  { path: '/refreshed', what: 'where it leads', serve: page('Refreshed', '<p>Here.</p>'), expect: DONE },
];

const TYPE_CASES: readonly ServedCase[] = [
  {
    path: '/file.pdf',
    what: 'a PDF',
    serve: () => ({ headers: { 'content-type': 'application/pdf' }, body: '%PDF-1.4\n%%EOF\n' }),
    expect: NOT_HTML,
  },
  {
    path: '/picture.png',
    what: 'a PNG',
    serve: () => ({ headers: { 'content-type': 'image/png' }, body: PNG_START }),
    expect: NOT_HTML,
  },
  {
    path: '/attachment',
    what: 'a file to save',
    serve: () => ATTACHMENT,
    expect: { state: 'failed', reason: 'download', attempts: 1 },
  },
  {
    path: '/empty',
    what: 'an empty body',
    serve: () => ({ body: '' }),
    expect: { state: 'failed', reason: 'empty' },
  },
  {
    path: '/no-content',
    what: 'a response without a document',
    serve: () => ({ status: 204, headers: {} }),
    expect: { state: 'failed', reason: 'empty' },
  },
  { path: '/untyped', what: 'a page without Content-Type', serve: () => untyped, expect: DONE },
  {
    path: '/invalid-utf8',
    what: 'bytes that are not UTF-8',
    serve: () => ({ body: Buffer.from(htmlPage('Bytes', '<p>a\xff\xfe\xc3(\xf8b</p>'), 'latin1') }),
    expect: DONE,
  },
];

const SIZE_CASES: readonly ServedCase[] = [
  {
    path: '/large/known',
    what: '50 MB of HTML with Content-Length',
    serve: () => longHtml(50 * MEGABYTE, 'content-length'),
    expect: { ...TOO_LARGE, attempts: 1 },
  },
  {
    path: '/large/unknown',
    what: '50 MB of HTML without Content-Length',
    serve: () => longHtml(50 * MEGABYTE, 'chunked'),
    expect: { ...TOO_LARGE, attempts: 1 },
  },
  {
    path: '/gzip-bomb',
    what: 'a small gzip of 200 MB of HTML',
    serve: () => gzipBomb(200 * MEGABYTE),
    expect: { ...TOO_LARGE, attempts: 1 },
  },
  {
    path: '/nested',
    what: '100,000 div elements, each inside the one before',
    serve: () => htmlPage('Nested', `${'<div>'.repeat(100_000)}deep`),
    expect: [DONE, { state: 'failed', reason: 'parse-error' }, { state: 'failed', reason: 'parse-timeout' }],
    browserExpect: [
      DONE,
      { state: 'failed', reason: 'parse-error' },
      { state: 'failed', reason: 'parse-timeout' },
      { state: 'failed', reason: 'crash' },
      TIMEOUT,
    ],
  },
  {
    path: '/many-links',
    what: `${MANY_LINKS} links`,
    serve: () => {
      const links = Array.from(
        { length: MANY_LINKS },
        (_, index) => `<a href="/sink/${index + 1}">${index + 1}</a>`,
      );
      return htmlPage('Many links', links.join('\n'));
    },
    expect: DONE,
  },
];

const TIME_CASES: readonly ServedCase[] = [
  { path: '/drip', what: 'a body that never ends', serve: () => dripForEver, expect: TIMEOUT },
  { path: '/endless-headers', what: 'headers that never end', serve: () => headersForEver, expect: TIMEOUT },
  { path: '/silence', what: 'no response at all', serve: () => silence, expect: TIMEOUT },
  {
    path: '/reset',
    what: 'a connection reset in the body',
    serve: () => resetInBody,
    expect: { state: 'failed', reason: 'connection', attempts: 'all' },
  },
];

const LINK_CASES: readonly ServedCase[] = [
  {
    path: '/odd-links',
    what: 'links that lead to no page: javascript:, data:, blob:, broken URLs',
    serve: page(
      'Odd links',
      '<a href="javascript:alert(1)">one</a> <a href="data:text/html,<h1>x</h1>">two</a> <a href="blob:x">three</a> <a href="http://">four</a> <a href="http://[::1">five</a> <a href="">six</a> <a>seven</a>',
    ),
    expect: DONE,
  },
  {
    path: 'http://no-such-host.invalid/',
    what: 'a link to a host that does not resolve',
    serve: null,
    expect: { state: 'skipped', reason: 'out-of-scope' },
  },
  {
    path: 'http://127.0.0.1:2/',
    what: 'a link to a port that nobody listens on',
    serve: null,
    expect: { state: 'skipped', reason: 'out-of-scope' },
  },
];

const SCRIPT_CASES: readonly ServedCase[] = [
  {
    path: '/script/endless',
    what: 'a script that never returns',
    serve: page('Endless script', '<p>Text.</p><script>while (true) {}</script>'),
    expect: DONE,
    browserExpect: [TIMEOUT, { state: 'failed', reason: 'crash' }],
  },
  {
    path: '/script/dialogs',
    what: 'alert, confirm, prompt and beforeunload',
    serve: page(
      'Dialogs',
      '<p>Text.</p><script>addEventListener("beforeunload", (event) => { event.preventDefault(); event.returnValue = "stay"; }); alert("a"); confirm("b"); prompt("c");</script>',
    ),
    expect: DONE,
  },
  {
    path: '/script/windows',
    what: 'windows that open by themselves',
    serve: page(
      'Windows',
      '<p>Text.</p><script>for (let i = 0; i < 5; i++) window.open("/blank?" + i, "_blank");</script>',
    ),
    expect: DONE,
  },
  {
    path: '/script/download',
    what: 'a download that starts by itself',
    serve: page(
      'Script download',
      '<p>Text.</p><a id="file" href="/attachment" download>file</a><script>document.getElementById("file").click();</script>',
    ),
    expect: DONE,
  },
  {
    path: '/script/leave',
    what: 'a page that goes to /script/left after 100 ms',
    serve: page(
      'Leaving',
      '<p>Text.</p><script>setTimeout(() => { location.href = "/script/left"; }, 100);</script>',
    ),
    expect: DONE,
    browserExpect: [DONE, REDIRECT],
  },
  { path: '/script/left', what: 'where it goes', serve: page('Left', '<p>Here.</p>'), expect: DONE },
  {
    path: '/csp',
    what: 'a content security policy that forbids every script',
    serve: page(
      'Policy',
      '<p>Text.</p>',
      `<meta http-equiv="content-security-policy" content="default-src 'none'; script-src 'none'">`,
    ),
    expect: DONE,
  },
];

const SERVED_CASES: readonly ServedCase[] = [
  ...STATUS_CASES,
  ...REDIRECT_CASES,
  ...TYPE_CASES,
  ...SIZE_CASES,
  ...TIME_CASES,
  ...LINK_CASES,
  ...SCRIPT_CASES,
];

/** All links of the hostile site's index, with their expected outcomes. */
export const HOSTILE_CASES: readonly HostileCase[] = SERVED_CASES;

/** The valid outcomes of a case in this mode. */
export function expectationsOf(hostile: HostileCase, mode: 'browser' | 'http'): readonly Expectation[] {
  const special = mode === 'browser' ? hostile.browserExpect : hostile.httpExpect;
  return [special ?? hostile.expect].flat();
}

/** The responses of all cases, with counters at zero. */
export function serveCases(): Readonly<Record<string, Served>> {
  return Object.fromEntries(
    SERVED_CASES.flatMap(({ path, serve }) => (serve === null ? [] : [[path, serve()]])),
  );
}
