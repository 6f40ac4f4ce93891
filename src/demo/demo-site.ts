import { setTimeout as sleep } from 'node:timers/promises';
import { type Context, Hono } from 'hono';
import iconv from 'iconv-lite';
import { floorPlan, HARBOUR, LIGHTHOUSE, openingHoursPdf, ROOMS_SCRIPT } from './assets/media.ts';
import { STYLESHEET } from './assets/stylesheet.ts';
import { ROOM_LIST } from './content/rooms.ts';
import { searchPage } from './content/visiting.ts';
import { frame } from './frame.ts';
import { html, type Page, page } from './page.ts';
import { PUBLIC_PAGES, pageAt, robotsText, sitemap } from './pages.ts';

export interface DemoSiteOptions {
  /** Milliseconds that every response takes at least, so that a crawl can be watched. Default 0. */
  readonly delayMs?: number;
}

/**
 * The bundled site of an imaginary library: about sixty pages with everything that a crawler meets. Stands at the
 * root of its own origin. `expected.ts` lists what a crawl of it must find.
 */
export function createDemoSite(options: DemoSiteOptions = {}): Hono {
  const site = new Hono();
  const delayMs = options.delayMs ?? 0;
  if (delayMs > 0) {
    site.use(async (_context, next) => {
      await sleep(delayMs);
      await next();
    });
  }
  addPages(site);
  addRedirects(site);
  addFiles(site);
  site.get('/catalogue/new-arrivals', (context) =>
    respond(context, brokenPage('The shelf list did not answer'), 500),
  );
  site.notFound((context) => respond(context, brokenPage('There is no such page'), 404));
  return site;
}

function addPages(site: Hono): void {
  site.get('/index.html', (context) => serve(context, '/'));
  site.get('/hours/', (context) => serve(context, '/hours'));
  site.get('/search', (context) => respond(context, found(context.req.query('q') ?? '')));
  site.post('/contact', (context) => respond(context, THANKS));
  site.get('/notices', (context) => {
    const number = context.req.query('page');
    return number === undefined
      ? context.redirect('/notices?page=1', 301)
      : serve(context, `/notices?page=${number}`);
  });
  site.get('*', (context, next) => {
    const shown = pageAt(context.req.path);
    return shown === null ? next() : respond(context, shown);
  });
}

function addRedirects(site: Hono): void {
  site.get('/old-hours', (context) => context.redirect('/hours', 301));
  site.get('/visit-us', (context) => context.redirect('/visiting', 302));
  site.get('/visiting', (context) => context.redirect('/about/branches', 302));
  site.get('/mobile-library', (context) => context.redirect('/mobile-library/timetable', 302));
  site.get('/mobile-library/timetable', (context) => context.redirect('/mobile-library', 302));
  site.get('/go/county-catalogue', (context) => context.redirect('http://example.invalid/', 302));
}

function addFiles(site: Hono): void {
  const files: Readonly<Record<string, readonly [type: string, body: string | Uint8Array<ArrayBuffer>]>> = {
    '/assets/site.css': ['text/css; charset=utf-8', STYLESHEET],
    '/assets/rooms.js': ['text/javascript; charset=utf-8', ROOMS_SCRIPT],
    '/images/harbour.svg': ['image/svg+xml', HARBOUR],
    '/images/lighthouse.svg': ['image/svg+xml', LIGHTHOUSE],
    '/images/floor-plan.png': ['image/png', floorPlan()],
    '/files/opening-hours.pdf': ['application/pdf', openingHoursPdf()],
  };
  for (const [path, [type, body]] of Object.entries(files)) {
    site.get(path, (context) => context.body(body, 200, { 'content-type': type }));
  }
  site.get('/api/rooms.json', (context) => context.json(ROOM_LIST));
  site.get('/robots.txt', (context) => context.text(robotsText(originOf(context))));
  site.get('/sitemap.xml', (context) =>
    context.body(sitemap(originOf(context)), 200, { 'content-type': 'application/xml; charset=utf-8' }),
  );
}

function serve(context: Context, path: string): Response | Promise<Response> {
  const shown = pageAt(path);
  return shown === null ? context.notFound() : respond(context, shown);
}

/** Korean pages are served as they are in the wild: code page 949 under the name of EUC-KR. */
function respond(context: Context, shown: Page, status: 200 | 404 | 500 = 200): Response {
  const text = frame(shown).toString();
  if (shown.language !== 'ko')
    return context.body(text, status, { 'content-type': 'text/html; charset=utf-8' });
  return context.body(Uint8Array.from(iconv.encode(text, 'cp949')), status, {
    'content-type': 'text/html; charset=euc-kr',
  });
}

function found(query: string): Page {
  const words = query.toLowerCase().trim();
  const matches = PUBLIC_PAGES.filter(({ title, description }) =>
    `${title} ${description}`.toLowerCase().includes(words),
  );
  return searchPage(query, words === '' ? [] : matches);
}

function originOf(context: Context): string {
  return new URL(context.req.url).origin;
}

const THANKS = page({
  path: '/contact',
  title: 'Thank you',
  description: 'The message has arrived.',
  main: html`<div class="wrap"><h1>Thank you</h1><p class="lead">This is a demo: nobody will read your message, and it is not kept.</p></div>`,
});

function brokenPage(title: string): Page {
  return page({
    path: '/',
    title,
    description: title,
    main: html`<div class="wrap"><h1>${title}</h1><p class="lead">Please go on from the <a href="/">front page</a>.</p></div>`,
  });
}
