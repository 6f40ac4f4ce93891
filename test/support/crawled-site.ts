import { ApiHarness, SEED } from './api-harness.ts';
import type { StagedSite } from './staged-crawl.ts';

/** An API after the crawl of a generated site; `task` is the path of its task. */
export async function crawledSite(site: StagedSite): Promise<{ api: ApiHarness; task: string }> {
  const api = await ApiHarness.open();
  api.crawlStaged(site);
  const { links } = await api.json(200, 'POST', '/api/v1/crawl', { url: SEED });
  return { api, task: links.self };
}

/** All items of a list, page by page. */
export async function allItems(
  api: ApiHarness,
  path: string,
  key: string,
): Promise<Record<string, unknown>[]> {
  const items: Record<string, unknown>[] = [];
  for (let next: string | null = path; next !== null; ) {
    const page: Record<string, unknown> & { next: string | null; next_cursor: string | null } =
      await api.json(200, 'GET', next);
    items.push(...(page[key] as Record<string, unknown>[]));
    next = page.next;
  }
  return items;
}
