import { z } from '@hono/zod-openapi';
import type { GroupRow } from '../../model/layout-group.ts';
import type { PaginatedList } from '../../model/paginated-list.ts';
import type { SiteOverview } from '../../model/site-overview.ts';
import { PageHeadSchema } from './map-view.ts';

/** Pages of a board that are told. */
export const BOARD_PAGES = 20;

const BoardSchema = z
  .object({
    id: z.string(),
    pattern: z.string().openapi({
      description:
        'A URL with `{page}` in place of the number or mark of a page; without, where a script turns the pages of one URL.',
      example: 'https://example.com/news?page={page}',
    }),
    strategy: z.enum(['all', 'representative', 'sampling']).openapi({
      description:
        'How its pages on the map stand for it: all of them, [1, 2, 3, last], or [1, 2, 3, 10, 20, last]; of a total that is unknown, the first ones.',
    }),
    total_pages: z.int().nullable().openapi({
      description: 'Pages that it has, as far as is known; null if nothing tells how many follow.',
    }),
    total_checked: z.boolean().openapi({ description: 'The last page was visited and names no later one.' }),
    repeats: z.boolean().openapi({ description: 'It goes on without end: page after page lists the same.' }),
    page_count: z.int().openapi({ description: 'Its pages on the map.' }),
    pages: z
      .array(PageHeadSchema.extend({ page: z.int() }))
      .openapi({ description: `By number, at most ${BOARD_PAGES}.` }),
  })
  .openapi('Board');

const GroupSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    pattern: z.string().openapi({ description: 'A URL with `*` for what differs.' }),
    page_count: z.int(),
    summary: z.string().nullable(),
    examples: z.array(PageHeadSchema).openapi({ description: 'At most three of its pages.' }),
  })
  .openapi('Group');

/** Boards and groups in the outline of a site. */
export const overviewFields = {
  boards: z.array(BoardSchema).openapi({
    description: 'Lists in many pages, as of the last crawl that ended; the largest first, at most 100.',
  }),
  board_count: z.int(),
  groups: z.array(GroupSchema).openapi({
    description:
      'Three or more pages of one layout, as of the last crawl that ended; the largest first, at most 100.',
  }),
  group_count: z.int(),
};

export function overviewView({ lists, listCount, groups, groupCount }: SiteOverview) {
  return {
    boards: lists.map(boardView),
    board_count: listCount,
    groups: groups.map(groupView),
    group_count: groupCount,
  };
}

function boardView(board: PaginatedList): z.infer<typeof BoardSchema> {
  const { id, pattern, strategy, total, checked, repeats, pageCount, pages } = board;
  return {
    id,
    pattern,
    strategy,
    total_pages: total,
    total_checked: checked,
    repeats,
    page_count: pageCount,
    pages: pages.map((page) => ({ ...page })),
  };
}

function groupView(group: GroupRow): z.infer<typeof GroupSchema> {
  const { id, name, pattern, pages, summary, examples } = group;
  return { id, name, pattern, page_count: pages, summary, examples: examples.map((page) => ({ ...page })) };
}
