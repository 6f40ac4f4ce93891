import type { InLinkList } from '../../model/link.ts';
import type { ListQuery } from '../../model/list-query.ts';
import type { InLinkRow, LinkPosition, MapReader } from '../../ports/map-reader.ts';
import { readNumbersCursor } from '../number-cursor.ts';
import { nextCursor } from './read-within.ts';

const START: LinkPosition = [-1, -1, -1, -1, -1];

/** The links on other pages that lead to a page, in the order of their positions; null if the page is not on the map. */
export async function inLinks(
  { pages }: MapReader,
  url: string,
  { cursor, limit }: ListQuery,
): Promise<InLinkList | null> {
  const after = positionOf(readNumbersCursor(cursor, START.length));
  const [found] = await pages.at([url]);
  if (found === undefined) return null;
  const rows: InLinkRow[] = [];
  for (const { key: target } of await pages.targets(found.key)) {
    if (target < after[0] || rows.length > limit) continue;
    const [, block, link, from, section] = target === after[0] ? after : START;
    const query = { target, page: found.key, block, link, from, section, limit: limit + 1 - rows.length };
    rows.push(...(await pages.inLinks(query)));
  }
  const shown = rows.slice(0, limit);
  const { url: own, title } = found.page;
  return {
    page: { url: own, title },
    links: shown.map(({ link }) => link),
    next: nextCursor(rows, shown.length, ({ position }) => position.join('.')),
  };
}

function positionOf([
  target = -1,
  block = -1,
  link = -1,
  page = -1,
  section = -1,
]: readonly number[]): LinkPosition {
  return [target, block, link, page, section];
}
