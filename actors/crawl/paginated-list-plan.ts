import { listHash, RepeatDetector } from '../../src/core/pagination/list-content.ts';
import { canonicalPattern, listPageUrl, writtenListPage } from '../../src/core/pagination/page-pattern.ts';
import { valueIn } from '../../src/core/pagination/page-slot.ts';
import { everyPage, type PageSample, samplePages } from '../../src/core/pagination/sampling.ts';
import { splitUrl } from '../../src/core/url/canonical-url.ts';
import type { VisitedPage } from '../../src/model/fetched-page.ts';
import type { LedgerRow } from '../../src/model/ledger.ts';
import type { StoredPage } from '../../src/model/page.ts';
import type { UrlReason } from '../../src/model/reason.ts';
import type { PaginationSpec } from '../../src/model/task.ts';
import type { ListPageResult, PaginationResult } from '../../src/model/task-result.ts';
import type { CrawlPlan, PlanResults, PlanStart } from './crawl-plan.ts';

/** Pages of the list that the result names one by one. */
const MAX_RESULT_PAGES = 1000;
/** Rows that are read at once. */
const BATCH = 500;
/** Skipped pages with these reasons were visited too. */
const VISITED: readonly (UrlReason | null)[] = ['redirect', 'duplicate'];

/**
 * Visits the pages of one paginated list, given its URL pattern. It follows and records no links, so the ledger holds these
 * pages and the targets of their redirects. A list that repeats itself without end is given up with the reason `repeats`.
 */
export class PaginatedListPlan implements CrawlPlan {
  readonly #spec: PaginationSpec;
  readonly #sample: PageSample;
  /** Page numbers by canonical URL, ascending. */
  readonly #pages: ReadonlyMap<string, number>;
  readonly #repeats: RepeatDetector;
  readonly #isListPage: (url: string) => boolean;

  constructor(spec: PaginationSpec) {
    const { list, options } = spec;
    const { urlPattern, totalPages, all } = list;
    this.#spec = spec;
    this.#sample = all ? everyPage(totalPages) : samplePages(totalPages);
    this.#pages = new Map(
      this.#sample.pages.map((page) => [listPageUrl(urlPattern, page, options) ?? '', page]),
    );
    this.#repeats = new RepeatDetector(this.#sample.pages);
    const template = canonicalPattern(urlPattern, options);
    this.#isListPage = (url) => valueIn(template, url) !== null;
  }

  async begin({ frontier }: PlanStart): Promise<void> {
    const { list, options } = this.#spec;
    const written = this.#sample.pages.flatMap(
      (page) => writtenListPage(list.urlPattern, page, options) ?? [],
    );
    await frontier.add(
      written.map((page) => ({
        ...page,
        host: splitUrl(page.url).host,
        depth: 0,
        by: 'seed',
        foundOn: null,
      })),
    );
  }

  linksOf(): readonly never[] {
    return [];
  }

  enough(pages: readonly VisitedPage[]): UrlReason | null {
    const repeated = pages.filter(({ claim, parsed }) => {
      const page = this.#pages.get(claim.url);
      return page !== undefined && this.#repeats.see(page, listHash(parsed, this.#isListPage));
    });
    return repeated.length === 0 ? null : 'repeats';
  }

  async conclude(results: PlanResults): Promise<{ readonly pagination: PaginationResult }> {
    const rows = await ledgerByUrl(results);
    const visited = [...this.#pages].filter(([url]) => isVisited(rows.get(url)));
    const mapped = await pagesByUrl(results);
    const named = [...this.#pages].slice(0, MAX_RESULT_PAGES);
    return {
      pagination: {
        strategy: this.#sample.strategy,
        pages: visited.map(([, page]) => page),
        results: named.map(([url, page]) => pageResult(page, url, rows.get(url), mapped)),
      },
    };
  }
}

function isVisited(row: LedgerRow | undefined): boolean {
  return row?.state === 'done' || (row?.state === 'skipped' && VISITED.includes(row.reason));
}

function pageResult(
  page: number,
  url: string,
  row: LedgerRow | undefined,
  mapped: ReadonlyMap<string, StoredPage>,
): ListPageResult {
  const stored = mapped.get(row?.target ?? url);
  const { state = 'pending', reason = null } = row ?? {};
  return { page, url, state, reason, title: stored?.title ?? null, sections: stored?.sections ?? 0 };
}

async function ledgerByUrl({ frontier }: PlanResults): Promise<ReadonlyMap<string, LedgerRow>> {
  const rows = new Map<string, LedgerRow>();
  let cursor: string | null = null;
  do {
    const batch = await frontier.ledger({ cursor, limit: BATCH, state: null });
    for (const row of batch.rows) rows.set(row.url, row);
    cursor = batch.next;
  } while (cursor !== null);
  return rows;
}

async function pagesByUrl({ graph, crawlId }: PlanResults): Promise<ReadonlyMap<string, StoredPage>> {
  const pages = new Map<string, StoredPage>();
  let cursor: string | null = null;
  do {
    const batch = await graph.pages(crawlId, { cursor, limit: BATCH });
    for (const page of batch.pages) pages.set(page.url, page);
    cursor = batch.next;
  } while (cursor !== null);
  return pages;
}
