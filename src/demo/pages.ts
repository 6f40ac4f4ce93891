import { ABOUT_PAGES, STAFF_PAGES } from './content/about.ts';
import { CATALOGUE_PAGES } from './content/catalogue.ts';
import { EVENT_PAGES } from './content/events.ts';
import { FRONT_PAGE } from './content/front-page.ts';
import { KOREAN_PAGES } from './content/korean.ts';
import { BOARD_PAGES } from './content/notice-board.ts';
import { NOTICE_PAGES } from './content/notices.ts';
import { ROOM_PAGES } from './content/rooms.ts';
import { SERVICE_PAGES } from './content/services.ts';
import { VISITING_PAGES } from './content/visiting.ts';
import type { Page } from './page.ts';

/** Pages that everyone may read. */
export const PUBLIC_PAGES: readonly Page[] = [
  FRONT_PAGE,
  ...VISITING_PAGES,
  ...SERVICE_PAGES,
  ...CATALOGUE_PAGES,
  ...ROOM_PAGES,
  ...EVENT_PAGES,
  ...BOARD_PAGES,
  ...NOTICE_PAGES,
  ...ABOUT_PAGES,
  ...KOREAN_PAGES,
];

const BY_PATH: ReadonlyMap<string, Page> = new Map(
  [...PUBLIC_PAGES, ...STAFF_PAGES].map((page) => [page.path, page]),
);

/** The page at this path, query string included. */
export function pageAt(path: string): Page | null {
  return BY_PATH.get(path) ?? null;
}

/** The pages of the main menu, and one that no page links to. */
const SITEMAP_PATHS = ['/', '/hours', '/services', '/catalogue', '/events', '/contact', '/lantern-fund'];

export function robotsText(origin: string): string {
  return `User-agent: *\nDisallow: /staff/\n\nSitemap: ${origin}/sitemap.xml\n`;
}

/** In the form of sitemaps.org, with absolute URLs. */
export function sitemap(origin: string): string {
  const entries = SITEMAP_PATHS.map((path) => `<url><loc>${origin}${path}</loc></url>\n`);
  return `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${entries.join('')}</urlset>
`;
}
