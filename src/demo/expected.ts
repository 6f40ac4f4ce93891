import type { UrlReason } from '../model/reason.ts';

/** A page that a crawl from `/` must put on the map. */
export interface ExpectedPage {
  /** With the query string. */
  readonly path: string;
  /** What stands in the `title` element. */
  readonly title: string;
  /** Clicks from the front page; 1 for what only the sitemap names. */
  readonly depth: number;
  /**
   * How it is found, where plain links do not lead to it; `every-page`: it is a page of the notice board that is left out
   * of its sample, or one that such a page alone leads to.
   */
  readonly needs: 'javascript' | 'sitemap' | 'every-page' | null;
}

export interface ExpectedDetour {
  readonly path: string;
  /** Path of the page that it leads to. */
  readonly target: string;
  readonly reason: Extract<UrlReason, 'redirect' | 'duplicate'>;
  /** As for pages. */
  readonly needs?: 'every-page';
}

export interface ExpectedRefusal {
  /** A path of the site, or the URL of another host. */
  readonly url: string;
  readonly reason: UrlReason;
}

type Options = Partial<Pick<ExpectedPage, 'needs'>>;

function english(path: string, title: string, depth: number, options: Options = {}): ExpectedPage {
  return { path, title: `${title} · Saltmere Library`, depth, needs: null, ...options };
}

function korean(path: string, title: string, depth: number): ExpectedPage {
  return { path, title: `${title} · 솔트미어 도서관`, depth, needs: null };
}

/**
 * Every page of the map in browser mode with `boards: all`. In http mode those that need JavaScript are missing, and with
 * the default of boards, four of twelve pages, those that need every page.
 */
export const EXPECTED_PAGES: readonly ExpectedPage[] = [
  { path: '/', title: 'Saltmere Library', depth: 0, needs: null },
  english('/hours', 'Opening hours', 1),
  english('/services', 'Services', 1),
  english('/services/borrowing', 'Borrowing and returning', 2),
  english('/services/home-delivery', 'Home delivery by boat and bicycle', 2),
  english('/services/printing', 'Printing, scanning and copying', 2),
  english('/services/local-history', 'Local history collection', 2),
  english('/services/children', 'For children and families', 2),
  english('/services/tool-library', 'Tool library', 2),
  english('/catalogue', 'Catalogue', 1),
  english('/catalogue/the-tide-clock', 'The Tide Clock by Ines Marlow', 2),
  english('/catalogue/knots-for-the-patient', 'Knots for the Patient by Tobias Reck', 2),
  english('/catalogue/a-field-guide-to-fog', 'A Field Guide to Fog by Hanneke Oss', 2),
  english('/catalogue/letters-from-gull-holm', 'Letters from Gull Holm by Edith Fairweather', 2),
  english('/catalogue/bread-from-salt-water', 'Bread from Salt Water by Paolo Denning', 2),
  english('/catalogue/the-night-ferry', 'The Night Ferry by Rosa Quill', 2),
  english('/rooms', 'Rooms', 1),
  english('/rooms/lantern-room', 'Lantern Room', 2, { needs: 'javascript' }),
  english('/rooms/net-loft', 'Net Loft', 2, { needs: 'javascript' }),
  english('/rooms/kiln-workshop', 'Kiln Workshop', 2, { needs: 'javascript' }),
  english('/events', 'Events', 1),
  english('/events/lantern-night', 'Lantern night', 1),
  english('/events/repair-evening', 'Repair evening', 2),
  english('/events/harbour-talks', 'Harbour talks', 2),
  english('/events/first-chapters', 'First chapters, a reading circle', 2),
  english('/notices?page=1', 'Notices', 1),
  english('/notices?page=2', 'Notices, page 2', 2),
  english('/notices?page=3', 'Notices, page 3', 2),
  english('/notices?page=4', 'Notices, page 4', 2, { needs: 'every-page' }),
  english('/notices?page=5', 'Notices, page 5', 2, { needs: 'every-page' }),
  english('/notices?page=6', 'Notices, page 6', 2, { needs: 'every-page' }),
  english('/notices?page=7', 'Notices, page 7', 2, { needs: 'every-page' }),
  english('/notices?page=8', 'Notices, page 8', 2, { needs: 'every-page' }),
  english('/notices?page=9', 'Notices, page 9', 2, { needs: 'every-page' }),
  english('/notices?page=10', 'Notices, page 10', 2, { needs: 'every-page' }),
  english('/notices?page=11', 'Notices, page 11', 2, { needs: 'every-page' }),
  english('/notices?page=12', 'Notices, page 12', 2),
  english('/notices/winter-hours', 'Winter hours begin on 9 November', 1),
  english('/notices/reading-boat-repaired', 'The reading boat is afloat again', 1),
  english('/notices/new-card-design', 'A new card, drawn by a ten-year-old', 2),
  english('/notices/lift-inspection', 'Lift out of service for two mornings', 3),
  english('/notices/apple-press-weekend', 'The apple press goes round the town', 3),
  english('/notices/courant-on-screen', 'The Courant from 1871 to 1900 can be read on screen', 3, {
    needs: 'every-page',
  }),
  english('/notices/bus-stop-moved', 'The bus stop has moved to the fish market', 3, { needs: 'every-page' }),
  english('/notices/seed-swap', 'Seed swap on the staircase', 3, { needs: 'every-page' }),
  english('/notices/quiet-floor', 'The third floor becomes the quiet floor', 3, { needs: 'every-page' }),
  english('/notices/volunteers-wanted', 'Volunteers wanted for the boat round', 3, { needs: 'every-page' }),
  english('/notices/roof-finished', 'The roof is finished', 3, { needs: 'every-page' }),
  english('/notices/new-librarian', 'Mara Venn takes over local history', 3),
  english('/contact', 'Contact', 1),
  english('/search', 'Search', 1),
  english('/faq', 'Questions and answers', 1),
  english('/about', 'About us', 1),
  english('/about/history', 'Our history', 1),
  english('/about/branches', 'Branches and floor plan', 1),
  english('/accessibility', 'Accessibility', 1),
  english('/privacy', 'Privacy', 1),
  english('/lantern-fund', 'The lantern fund', 1, { needs: 'sitemap' }),
  { path: '/ko', title: '솔트미어 도서관', depth: 1, needs: null },
  korean('/ko/guide', '이용 안내', 2),
  korean('/ko/hours', '개관 시간', 2),
  korean('/ko/stories', '이야기 책장: 똠방각하', 2),
];

/** URLs that lead to a page of the map under another URL; the ledger shows them as skipped. */
export const EXPECTED_DETOURS: readonly ExpectedDetour[] = [
  { path: '/old-hours', target: '/hours', reason: 'redirect' },
  { path: '/visit-us', target: '/about/branches', reason: 'redirect', needs: 'every-page' },
  { path: '/notices', target: '/notices?page=1', reason: 'redirect' },
  { path: '/hours/', target: '/hours', reason: 'duplicate' },
  { path: '/index.html', target: '/', reason: 'duplicate' },
];

/** Links that fail. */
export const EXPECTED_FAILURES: readonly ExpectedRefusal[] = [
  { url: '/events/harbour-fair-2019', reason: 'http-status' },
  { url: '/catalogue/new-arrivals', reason: 'http-status' },
  { url: '/mobile-library', reason: 'redirect-loop' },
];

/** Links that a crawl skips. */
export const EXPECTED_SKIPS: readonly ExpectedRefusal[] = [
  { url: '/staff/', reason: 'robots' },
  { url: '/go/county-catalogue', reason: 'redirect-out-of-scope' },
  { url: 'https://www.example.org/interlibrary', reason: 'out-of-scope' },
  { url: '/files/opening-hours.pdf', reason: 'not-html' },
  { url: '/images/harbour.svg', reason: 'not-html' },
  { url: '/images/floor-plan.png', reason: 'not-html' },
];

/** Links to pages of the map whose canonical URL is another one: the tracking parameters are dropped unseen. */
export const EXPECTED_VARIANTS: Readonly<Record<string, string>> = {
  '/hours?utm_source=notice&utm_medium=board': '/hours',
};
