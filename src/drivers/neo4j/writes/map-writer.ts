import { LRUCache } from 'lru-cache';
import { derivedId } from '../../../core/derived-id.ts';
import { ANY_SIZE, saveBatches } from '../../../core/map/save-batches.ts';
import { splitUrl } from '../../../core/url/canonical-url.ts';
import type { AliasWrite, PageWrite, SaveSize } from '../../../model/page.ts';
import type { SiteWrite } from '../../../model/site.ts';
import type { AnalysisBatch } from '../../../model/site-overview.ts';
import type { SummaryBatch } from '../../../model/summary.ts';
import type { MapWriter } from '../../../ports/graph-store.ts';
import type { Neo4j } from '../neo4j.ts';
import { writeAliases } from './alias-rows.ts';
import { lastingNames } from './block-batch.ts';
import { forgetOldCrawls, linkContents, setClickDepths } from './finish-crawl.ts';
import { type CrawlOfSite, PageBatch } from './page-batch.ts';
import { draftPage } from './page-draft.ts';
import { type FoundPlaces, Numbers, Places } from './places.ts';
import { endAnalysis, saveAnalysis } from './save-analysis.ts';
import { saveSummaries } from './save-summaries.ts';
import { markRemoved } from './tombstones.ts';
import { foldWords } from './vocabulary.ts';

/** Ids of names that are cached: links call their targets alike on most pages. */
const MAX_CACHED_NAMES = 200_000;
/** Saves after which the words that their pages hold are brought into the vocabulary. */
const FOLD_EVERY = 32;
/** Pages that are marked as removed in one transaction. */
const PAGES_AT_ONCE = 200;
/** Neo4j keeps a transaction in memory. */
const SAVE_SIZE: SaveSize = { ...ANY_SIZE, rows: 10_000, characters: 1_000_000 };

const OPEN_SITE = `
  MERGE (r:ROOT {id: $id})
    ON CREATE SET r.n = $n, r.url = $url, r.domain = $host, r.createdAt = $at
  MERGE (c:CRAWL {id: $crawlId}) ON CREATE SET c.n = $n + 1, c.startedAt = $at
  WITH r, c
  OPTIONAL MATCH (c)-[old:OF]->(other) WHERE other <> r
  DELETE old
  WITH r, c
  MERGE (c)-[:OF]->(r)`;

const CRAWL = `
  MATCH (c:CRAWL {id: $crawlId})-[:OF]->(r:ROOT)
  RETURN c.n AS crawl, r.n AS site, r.domain AS host, c.startedAt AS startedAt`;

/** Writes the map. What is written twice is there once, so each transaction may be run again. */
export class Neo4jMapWriter implements MapWriter {
  readonly #neo4j: Neo4j;
  readonly #numbers: Numbers;
  readonly #places: Places;
  readonly #cachedNames = new LRUCache<bigint, true>({ max: MAX_CACHED_NAMES });
  /** Saves whose words are only noted. */
  #unfolded = 0;

  constructor(neo4j: Neo4j) {
    this.#neo4j = neo4j;
    this.#numbers = new Numbers(neo4j);
    this.#places = new Places(this.#numbers);
  }

  async openSite({ url, crawlId, at }: SiteWrite): Promise<string> {
    const id = derivedId(url);
    const n = await this.#numbers.take(2);
    await this.#neo4j.write((run) => run(OPEN_SITE, { id, url, host: splitUrl(url).host, crawlId, at, n }));
    return id;
  }

  async saveSize(): Promise<SaveSize> {
    return SAVE_SIZE;
  }

  async save(crawlId: string, pages: readonly PageWrite[], aliases: readonly AliasWrite[]): Promise<void> {
    const crawl = await this.#crawl(crawlId);
    const seen = { crawl: crawl.crawl, at: pages.at(-1)?.fetchedAt ?? crawl.startedAt };
    const batches = [...saveBatches(pages, ANY_SIZE)].map((batch) => batch.map(draftPage));
    const others = aliases.filter(({ url, target }) => url !== target);
    const [numbers, places, cachedNames] = [this.#numbers, this.#places, this.#cachedNames];
    const found = await this.#neo4j.write(async (run) => {
      const met: FoundPlaces[] = [];
      for (const drafts of batches)
        met.push(await new PageBatch({ run, numbers, places, cachedNames, crawl }, drafts).write());
      if (others.length > 0) met.push(await writeAliases(run, places, others, seen));
      return met;
    });
    for (const met of found) places.remember(met);
    for (const id of lastingNames(batches.flat())) cachedNames.set(id, true);
    if (batches.length > 0) await this.#foldNowAndThen();
  }

  /** Depths, links of contents, and that the crawl is finished at epoch ms `at`. */
  async finish(crawlId: string, at: number): Promise<void> {
    await foldWords(this.#neo4j);
    await setClickDepths(this.#neo4j, crawlId);
    await linkContents(this.#neo4j, crawlId);
    await this.#neo4j.write((run) =>
      run('MATCH (c:CRAWL {id: $crawlId}) SET c.finishedAt = $at', { crawlId, at }),
    );
    await forgetOldCrawls(this.#neo4j, crawlId);
  }

  async markRemoved(crawlId: string, urls: readonly string[], at: number): Promise<void> {
    for (let first = 0; first < urls.length; first += PAGES_AT_ONCE)
      await this.#neo4j.write((run) =>
        markRemoved(run, crawlId, urls.slice(first, first + PAGES_AT_ONCE), at),
      );
  }

  async saveSummaries(crawlId: string, batch: SummaryBatch): Promise<void> {
    await this.#neo4j.write((run) => saveSummaries(run, crawlId, batch));
  }

  saveAnalysis(crawlId: string, batch: AnalysisBatch, at: number): Promise<void> {
    return saveAnalysis(this.#neo4j, crawlId, batch, at);
  }

  endAnalysis(crawlId: string, at: number): Promise<void> {
    return endAnalysis(this.#neo4j, crawlId, at);
  }

  async #foldNowAndThen(): Promise<void> {
    this.#unfolded += 1;
    if (this.#unfolded < FOLD_EVERY) return;
    this.#unfolded = 0;
    await foldWords(this.#neo4j);
  }

  async #crawl(crawlId: string): Promise<CrawlOfSite & { readonly startedAt: number }> {
    const [crawl] = await this.#neo4j.rows<CrawlOfSite & { readonly startedAt: number }>(CRAWL, { crawlId });
    if (crawl === undefined) throw new Error(`the site of crawl ${crawlId} was not opened`);
    return crawl;
  }
}
