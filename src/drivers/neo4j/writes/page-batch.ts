import type { LRUCache } from 'lru-cache';
import { urlTemplate } from '../../../core/groups/layout-key.ts';
import { listPositionOf } from '../../../core/pagination/paginated-list.ts';
import { splitUrl } from '../../../core/url/canonical-url.ts';
import type { ListPosition } from '../../../model/paginated-list.ts';
import type { Run } from '../neo4j.ts';
import { BlockBatch } from './block-batch.ts';
import { type PageDraft, urlsOf } from './page-draft.ts';
import type { FoundPlaces, Numbers, Places } from './places.ts';
import { writeSections } from './section-rows.ts';
import { bringBack, takeOff } from './tombstones.ts';
import { VocabularyChanges } from './vocabulary.ts';

/** A crawl and its site, by number. */
export interface CrawlOfSite {
  readonly crawl: number;
  readonly site: number;
  /** Host of the site's root. */
  readonly host: string;
}

export interface PageBatchParts {
  readonly run: Run;
  readonly numbers: Numbers;
  readonly places: Places;
  readonly cachedNames: LRUCache<bigint, true>;
  readonly crawl: CrawlOfSite;
}

/** A page before it is written; locked, so that no other transaction writes it at the same time. */
interface Before {
  readonly n: number;
  /** Of the content that it shows; null if it shows none. */
  readonly hash: string | null;
  readonly isRemoved: boolean;
  readonly wasPage: boolean;
  readonly depth: number | null;
  readonly words: string | null;
  /** The crawl has stored it. */
  readonly stored: boolean;
  /** The site has it. */
  readonly member: boolean;
}

const LOCK = `
  UNWIND $pages AS page MATCH (p:PLACE {n: page}) SET p.n = p.n
  WITH p
  OPTIONAL MATCH (p)<-[stored:STORED]-(:CRAWL {n: $crawl})
  OPTIONAL MATCH (p)<-[member:HAS_PAGE|HAD_PAGE]-(:ROOT {n: $site})
  RETURN p.n AS n, CASE WHEN p.goneSince IS NULL THEN p.contentHash END AS hash, p.goneSince IS NOT NULL AS isRemoved,
    p:PAGE AS wasPage, p.depth AS depth, p.words AS words, stored IS NOT NULL AS stored, member IS NOT NULL AS member`;

const WRITE_PAGES = `
  UNWIND $rows AS row MATCH (p:PLACE {n: row.n})
  SET p.summary = CASE WHEN p.contentHash = row.page.contentHash THEN p.summary END,
    p.summaryVariant = CASE WHEN p.contentHash = row.page.contentHash THEN p.summaryVariant END,
    p.words = CASE WHEN p.contentHash = row.page.contentHash THEN coalesce(p.words, row.words) ELSE row.words END,
    p.rank = row.rank,
    p.firstSeen = coalesce(p.firstSeen, row.page.fetchedAt)
  SET p:PAGE, p += row.page
  WITH p MATCH (p)-[alias:ALIAS_OF]->() DELETE alias`;

const JOIN_SITE = `
  MATCH (r:ROOT {n: $site}) UNWIND $rows AS row MATCH (p:PLACE {n: row.n})
  CREATE (r)-[:HAS_PAGE {site: $site, n: row.n, depth: row.depth}]->(p)`;
const SET_DEPTH = `
  UNWIND $rows AS row MATCH (p:PLACE {n: row.n})<-[has:HAS_PAGE]-(:ROOT {n: $site}) SET has.depth = row.depth`;
const JOIN_CRAWL = `
  MATCH (c:CRAWL {n: $crawl}) UNWIND $rows AS row MATCH (p:PLACE {n: row.n})
  CREATE (c)-[:STORED {crawl: $crawl, n: row.at, place: row.n, version: row.version}]->(p)`;
const SET_VERSION = `
  UNWIND $rows AS row MATCH (p:PLACE {n: row.n})<-[stored:STORED]-(:CRAWL {n: $crawl})
  SET stored.version = row.version`;
const JOIN_SUBROOT = `
  MATCH (r:ROOT {n: $site}) UNWIND $rows AS row MATCH (p:PLACE {n: row.n})
  MERGE (sub:SUBROOT {id: toString($site) + ' ' + row.host})
    ON CREATE SET sub.host = row.host, sub.first = row.n
  CREATE (sub)-[:SERVES]->(p)
  WITH r, sub WHERE NOT EXISTS { (sub)<-[:HAS_SUBROOT]-() }
  WITH DISTINCT r, sub CREATE (r)-[:HAS_SUBROOT]->(sub)`;

/** Writes some pages, none twice, in one transaction. */
export class PageBatch {
  readonly #parts: PageBatchParts;
  readonly #drafts: readonly PageDraft[];
  readonly #vocabulary = new VocabularyChanges();

  constructor(parts: PageBatchParts, drafts: readonly PageDraft[]) {
    this.#parts = parts;
    this.#drafts = drafts;
  }

  /** Returns the places that it found or created. */
  async write(): Promise<FoundPlaces> {
    const { run, places, numbers, cachedNames } = this.#parts;
    const found = await places.find(
      run,
      this.#drafts.flatMap((draft) => [...urlsOf(draft)]),
    );
    const before = await this.#lock(found);
    const others = this.#drafts.filter(
      (draft) => stateOf(before, found, draft).hash !== draft.page.parsed.contentHash,
    );
    await bringBack(
      run,
      [...before.values()].filter(({ isRemoved }) => isRemoved).map(({ n }) => n),
    );
    await this.#takeOff(others, before, found);
    await this.#writePages(before, found);
    await this.#join(before, found);
    const blocks = new BlockBatch({ run, numbers, places: found, vocabulary: this.#vocabulary, cachedNames });
    const blockNumbers = await blocks.write(others);
    await writeSections(run, others, (draft) => ({
      ...stateOf(before, found, draft),
      blocks: blockNumbers,
    }));
    await this.#vocabulary.write(run);
    return found;
  }

  async #lock(found: FoundPlaces): Promise<ReadonlyMap<number, Before>> {
    const { run, crawl } = this.#parts;
    const pages = this.#drafts.map(({ page }) => found.of(page.url)).sort((a, b) => a - b);
    const rows = await run<Before>(LOCK, { pages, crawl: crawl.crawl, site: crawl.site });
    return new Map(rows.map((row) => [row.n, row]));
  }

  async #takeOff(
    others: readonly PageDraft[],
    before: ReadonlyMap<number, Before>,
    found: FoundPlaces,
  ): Promise<void> {
    const states = others.map((draft) => stateOf(before, found, draft));
    await takeOff(
      this.#parts.run,
      states.filter(({ hash }) => hash !== null).map(({ n }) => n),
    );
    for (const { words } of states) if (words !== null) this.#vocabulary.remove(words);
    for (const { words } of others) this.#vocabulary.add(words);
  }

  async #writePages(before: ReadonlyMap<number, Before>, found: FoundPlaces): Promise<void> {
    const rows = this.#drafts.map((draft) => {
      const state = stateOf(before, found, draft);
      return {
        n: state.n,
        words: draft.words,
        rank: draft.rank,
        page: { ...pageProperties(draft), depth: depthOf(draft, state) },
      };
    });
    await this.#parts.run(WRITE_PAGES, { rows });
  }

  async #join(before: ReadonlyMap<number, Before>, found: FoundPlaces): Promise<void> {
    const { run, numbers, crawl } = this.#parts;
    const first = await numbers.take(this.#drafts.length);
    const rows = this.#drafts.map((draft, index) => {
      const state = stateOf(before, found, draft);
      const { n, stored, member } = state;
      const { contentHash: version } = draft.page.parsed;
      const { host } = splitUrl(draft.page.url);
      return { n, stored, member, depth: depthOf(draft, state), at: first + index, version, host };
    });
    const about = { crawl: crawl.crawl, site: crawl.site };
    const write = (cypher: string, some: typeof rows) =>
      some.length === 0 ? Promise.resolve([]) : run(cypher, { ...about, rows: some });
    const joining = rows.filter(({ member }) => !member);
    await write(JOIN_SITE, joining);
    await write(
      JOIN_SUBROOT,
      joining.filter(({ host }) => host !== crawl.host),
    );
    await write(
      SET_DEPTH,
      rows.filter(({ member }) => member),
    );
    await write(
      JOIN_CRAWL,
      rows.filter(({ stored }) => !stored),
    );
    await write(
      SET_VERSION,
      rows.filter(({ stored }) => stored),
    );
  }
}

function stateOf(before: ReadonlyMap<number, Before>, found: FoundPlaces, { page }: PageDraft): Before {
  const state = before.get(found.of(page.url));
  if (state === undefined) throw new Error(`${page.url} is not on the map`);
  return state;
}

/** Clicks to the page as this crawl has seen them: a redirect may lead to it by a longer path later on. */
function depthOf({ page }: PageDraft, { stored, depth }: Before): number {
  return stored && depth !== null ? Math.min(page.depth, depth) : page.depth;
}

function pageProperties({ page }: PageDraft) {
  const { url, status, via, fetchedAt, parsed } = page;
  const { title, description, language, charset, contentHash, textLength, headings } = parsed;
  const main = headings.find(({ level }) => level === 1)?.text;
  return {
    host: splitUrl(url).host,
    title,
    /** What it calls itself. */
    titles: main === undefined || main === title ? [title] : [title, main],
    description,
    language,
    charset,
    status,
    via,
    contentHash,
    fetchedAt,
    textLength,
    sections: parsed.sections.length,
    links: parsed.links.length,
    headings: JSON.stringify(headings),
    actions: JSON.stringify(parsed.actions),
    forms: JSON.stringify(parsed.forms),
    template: urlTemplate(url),
    fingerprint: parsed.fingerprint,
    ...boardProperties(listPositionOf(page)),
  };
}

/** Where the page stands in its paginated list; null removes an earlier position. */
function boardProperties(place: ListPosition | null) {
  if (place === null)
    return { board: null, boardFirst: null, boardStep: null, boardPage: null, boardLast: null };
  const { pattern, page, last } = place;
  return {
    board: pattern.url,
    boardFirst: pattern.first,
    boardStep: pattern.step,
    boardPage: page,
    boardLast: last ?? page,
  };
}
