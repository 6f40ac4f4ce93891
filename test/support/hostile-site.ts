import { type Pages, type Served, type Site, startSite } from './fixture-site.ts';
import { CHAIN_HOPS, HOSTILE_CASES, serveCases } from './hostile-cases.ts';
import { htmlPage, redirectTo } from './hostile-responses.ts';

export * from './hostile-cases.ts';

/**
 * A site of everything that hurts a crawler; its front page links to all of `HOSTILE_CASES`. Crawl it with depth 1,
 * and with limits in seconds: several paths never respond.
 */
export function startHostileSite(): Promise<Site> {
  return startSite(hostilePages());
}

/** The pages of one hostile site, to serve alone or with others. */
export function hostilePages(): Pages {
  return {
    '/': index(),
    '/robots.txt': {
      headers: { 'content-type': 'text/plain' },
      body: 'User-agent: *\nDisallow: /sink/\n',
    },
    '/loop/b': redirectTo('/loop/a'),
    '/blank': htmlPage('Blank', ''),
    ...chain(),
    ...serveCases(),
  };
}

function index(): string {
  const links = HOSTILE_CASES.map(({ path, what }) => `<li><a href="${path}">${what}</a></li>`);
  return htmlPage('Hostile site', `<ul>\n${links.join('\n')}\n</ul>`);
}

/** The hops after the first: `/chain/2` to `/chain/12`; the last one redirects to `/chain/end`. */
function chain(): Readonly<Record<string, Served>> {
  const hops = Array.from({ length: CHAIN_HOPS - 1 }, (_, offset) => offset + 2);
  return Object.fromEntries(
    hops.map((hop) => [`/chain/${hop}`, redirectTo(hop === CHAIN_HOPS ? '/chain/end' : `/chain/${hop + 1}`)]),
  );
}
