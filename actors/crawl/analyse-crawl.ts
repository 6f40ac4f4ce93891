import { analysingProgress } from '../../src/core/crawl/progress.ts';
import { formGroups } from '../../src/core/groups/form-groups.ts';
import { concludeList } from '../../src/core/pagination/paginated-list.ts';
import type { Layout } from '../../src/model/layout-group.ts';
import type { Frontier } from '../../src/ports/frontier.ts';
import type { AnalysisQueries, MapWriter, PageQueries } from '../../src/ports/graph-store.ts';
import type { RunContext } from '../../src/ports/task-queue.ts';

export interface AnalysisParts {
  readonly run: RunContext;
  readonly frontier: Frontier;
  readonly graph: AnalysisQueries &
    Pick<PageQueries, 'counts'> &
    Pick<MapWriter, 'finish' | 'saveAnalysis' | 'endAnalysis'>;
  /** Epoch ms; identifies this analysis among those of the site. */
  readonly at: number;
}

/** What the analysis found on the site. */
export interface AnalysisCounts {
  readonly lists: number;
  readonly groups: number;
}

/** Paginated lists that are read and stored at once. */
const LISTS_AT_ONCE = 50;
const LAYOUTS_AT_ONCE = 1000;
/** Layouts that are kept in memory; after them only those that are a group by themselves. */
const MAX_LAYOUTS = 20_000;
const MIN_PAGES = 3;
const GROUPS_AT_ONCE = 200;

/**
 * Computes what needs the whole crawl: clicks from the root, paginated lists, groups. Reads the map in batches, so that
 * memory does not grow with the site, and writes derived data only: after a crash it starts again.
 */
export async function analyseCrawl(parts: AnalysisParts): Promise<AnalysisCounts> {
  const { run, graph, at } = parts;
  const { id: crawlId } = run.task;
  const { pages } = await graph.counts(crawlId);
  await run.report(analysingProgress('clicks', 0, pages));
  await graph.finish(crawlId, at);
  const lists = await saveLists(parts, pages);
  const groups = await saveGroups(parts, pages);
  if (!run.signal.aborted) await graph.endAnalysis(crawlId, at);
  return { lists, groups };
}

async function saveLists({ run, frontier, graph, at }: AnalysisParts, pages: number): Promise<number> {
  const { id: crawlId } = run.task;
  let [saved, read] = [0, 0];
  let cursor: string | null = null;
  do {
    if (run.signal.aborted) break;
    const part = await graph.observedLists(crawlId, { cursor, limit: LISTS_AT_ONCE });
    const tracks = await frontier.listTracks(part.lists.map(({ pattern }) => pattern.url));
    const byPattern = new Map(tracks.map((track) => [track.pattern.url, track]));
    const lists = part.lists.map((list) => concludeList(list, byPattern.get(list.pattern.url) ?? null));
    await graph.saveAnalysis(crawlId, { lists, groups: [] }, at);
    saved += lists.length;
    read += lists.reduce((sum, list) => sum + list.pages.length, 0);
    await run.report(analysingProgress('lists', read, pages));
    cursor = part.next;
  } while (cursor !== null);
  return saved;
}

async function saveGroups(parts: AnalysisParts, pages: number): Promise<number> {
  const { run, graph, at } = parts;
  const groups = formGroups(await readLayouts(parts, pages));
  for (let from = 0; from < groups.length && !run.signal.aborted; from += GROUPS_AT_ONCE) {
    const some = groups.slice(from, from + GROUPS_AT_ONCE);
    await graph.saveAnalysis(run.task.id, { lists: [], groups: some }, at);
  }
  return groups.length;
}

async function readLayouts({ run, graph }: AnalysisParts, pages: number): Promise<readonly Layout[]> {
  const kept: Layout[] = [];
  let read = 0;
  let cursor: string | null = null;
  do {
    if (run.signal.aborted) break;
    const part = await graph.layouts(run.task.id, { cursor, limit: LAYOUTS_AT_ONCE });
    kept.push(...part.layouts.filter((layout) => kept.length < MAX_LAYOUTS || layout.pages >= MIN_PAGES));
    read += part.layouts.reduce((sum, layout) => sum + layout.pages, 0);
    await run.report(analysingProgress('groups', read, pages));
    cursor = part.next;
  } while (cursor !== null);
  return kept;
}
