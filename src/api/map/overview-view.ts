import { z } from '@hono/zod-openapi';
import type { GroupRow } from '../../model/layout-group.ts';
import type { PaginatedList } from '../../model/paginated-list.ts';
import type { SiteOverview } from '../../model/site-overview.ts';
import { PageHeadSchema } from './map-view.ts';

/** Pages of a paginated list in the response. */
export const LIST_PAGES = 20;

const PaginatedListSchema = z
  .object({
    id: z.string(),
    pattern: z.string().openapi({
      description:
        'A URL with `{page}` in place of the page number or cursor; without `{page}`, a script switches the pages of one URL.',
      example: 'https://example.com/news?page={page}',
    }),
    strategy: z.enum(['all', 'representative', 'sampling']).openapi({
      description:
        'Which of its pages are on the map: all, [1, 2, 3, last], or [1, 2, 3, 10, 20, last]; with an unknown total, the first ones.',
    }),
    total_pages: z.int().nullable().openapi({
      description: 'Number of its pages, as far as the site says; null if unknown.',
    }),
    total_checked: z
      .boolean()
      .openapi({ description: 'The last page was visited and links to no later one.' }),
    repeats: z.boolean().openapi({ description: 'The list is endless: its pages repeat the same entries.' }),
    page_count: z.int().openapi({ description: 'Number of its pages on the map.' }),
    pages: z
      .array(PageHeadSchema.extend({ page: z.int() }))
      .openapi({ description: `Ordered by page number, at most ${LIST_PAGES}.` }),
  })
  .openapi('Board');

const GroupSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    pattern: z.string().openapi({ description: 'A URL with `*` for the parts that differ.' }),
    page_count: z.int(),
    summary: z.string().nullable(),
    examples: z.array(PageHeadSchema).openapi({ description: 'Up to three of its pages.' }),
  })
  .openapi('Group');

/** Paginated lists and groups of a site. */
export const overviewFields = {
  boards: z.array(PaginatedListSchema).openapi({
    description: 'Paginated lists, as of the last crawl that ended; the largest first, at most 100.',
  }),
  board_count: z.int(),
  groups: z.array(GroupSchema).openapi({
    description:
      'Groups of three or more pages with the same layout, as of the last crawl that ended; the largest first, at most 100.',
  }),
  group_count: z.int(),
};

export function overviewView({ lists, listCount, groups, groupCount }: SiteOverview) {
  return {
    boards: lists.map(listView),
    board_count: listCount,
    groups: groups.map(groupView),
    group_count: groupCount,
  };
}

function listView(list: PaginatedList): z.infer<typeof PaginatedListSchema> {
  const { id, pattern, strategy, total, checked, repeats, pageCount, pages } = list;
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
