import { ABOUT_PAGES } from './content/about.ts';
import { CATALOGUE_PAGES } from './content/catalogue.ts';
import { EVENT_PAGES } from './content/events.ts';
import { FRONT_PAGE } from './content/front-page.ts';
import { KOREAN_PAGES } from './content/korean.ts';
import { BOARD_PAGES } from './content/notice-board.ts';
import { NOTICE_PAGES } from './content/notices.ts';
import { ROOM_PAGES } from './content/rooms.ts';
import { SERVICE_PAGES } from './content/services.ts';
import { STAFF_PAGES } from './content/staff.ts';
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
