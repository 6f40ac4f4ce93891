import { readNumbersCursor } from '../../../core/number-cursor.ts';
import type { PageHead } from '../../../model/head.ts';
import type { InLink, InLinkList } from '../../../model/link.ts';
import type { ListQuery } from '../../../model/list-query.ts';
import type { Run } from '../neo4j.ts';
import { LED_TO, SECTION_HEAD } from './page-rows.ts';

/** Where a link to a page stands: the URL it names, its block, its place there, and the page and section that show it. */
const POSITION = ['target', 'block', 'link', 'place', 'order'] as const;

const PAGE = `${LED_TO} WHERE p:PAGE RETURN p.n AS n, p {.url, .title} AS page`;

const TARGETS = `
  MATCH (p:PLACE {n: $page})
  RETURN p.n AS n UNION ALL
  MATCH (:PLACE {n: $page})<-[:ALIAS_OF]-(alias) RETURN alias.n AS n`;

/** Links by block first, so that what one block shows on a million pages is not gathered before it is asked for. */
const LINKS = `
  MATCH (:PLACE {n: $target})<-[l:LINKS]-(b)
    WHERE b.n > $block OR b.n = $block AND l.order >= $link
  WITH l, b ORDER BY b.n, l.order
  CALL {
    WITH l, b
    MATCH (b)<-[:SHOWS]-(s)<-[:HAS_SECTION]-(from)
      WHERE from.n <> $page AND (b.n <> $block OR l.order <> $link OR from.n > $place
        OR from.n = $place AND s.order > $order)
    RETURN from, s ORDER BY from.n, s.order LIMIT $limit
  }
  RETURN $target AS target, b.n AS block, l.order AS link, from.n AS place, s.order AS order,
    {page: from {.url, .title}, section: ${SECTION_HEAD}, text: l.text, role: coalesce(l.role, 'link'), fragment: coalesce(l.fragment, '')} AS found
  LIMIT $limit`;

type Position = Readonly<Record<(typeof POSITION)[number], number>>;

/** The links on other pages that lead to a page; null if it is not on the map. */
export async function readInLinks(
  run: Run,
  url: string,
  { cursor, limit }: ListQuery,
): Promise<InLinkList | null> {
  const after = readNumbersCursor(cursor, POSITION.length);
  const [asked] = await run<{ n: number; page: PageHead }>(PAGE, { url });
  if (asked === undefined) return null;
  const targets = await run<{ n: number }>(TARGETS, { page: asked.n });
  const rows: (Position & { readonly found: InLink })[] = [];
  for (const { n: target } of targets.sort((a, b) => a.n - b.n)) {
    if (target < (after[0] ?? 0) || rows.length > limit) continue;
    const [, block = -1, link = -1, place = -1, order = -1] = target === after[0] ? after : [];
    const position = { target, block, link, place, order, page: asked.n, limit: limit + 1 - rows.length };
    rows.push(...(await run<Position & { found: InLink }>(LINKS, position)));
  }
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    page: asked.page,
    links: shown.map(({ found }) => found),
    next: rows.length > limit && last !== undefined ? POSITION.map((column) => last[column]).join('.') : null,
  };
}
