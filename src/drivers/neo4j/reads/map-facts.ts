import type { MapFacts, PlacedSection } from '../../../core/map/candidates.ts';
import type { SectionHead } from '../../../model/head.ts';
import type { Candidate } from '../../../model/question.ts';
import type { Neo4j } from '../neo4j.ts';

/** Links to a page that are counted. */
const MAX_LINKS = 200;
/** Characters of a text that are read for words. */
const READ_LENGTH = 50_000;

/** In one row: hundreds of records take longer to read than what is in them. */
const ABOUT = `
  CALL {
    UNWIND $pages AS n MATCH (p:PLACE {n: n})
    RETURN collect([n, p {.url, .title, .description, .language, .depth, linked: COUNT { (p)<-[:LINKS]-() }},
      coalesce(p.summary, '')]) AS pages
  }
  CALL {
    UNWIND $blocks AS n MATCH (b:BLOCK {n: n})
    RETURN collect([n, left(b.text, ${READ_LENGTH}), coalesce(b.summary, '')]) AS blocks
  }
  RETURN pages, blocks`;

interface AboutRow {
  readonly pages: readonly (readonly [n: number, about: About, summary: string])[];
  readonly blocks: readonly (readonly [n: number, text: string, summary: string])[];
}

type About = Pick<Candidate, 'url' | 'title' | 'description' | 'language' | 'depth' | 'linked'>;

/** A section as it comes with what was found in it. */
export interface SectionFact extends SectionHead {
  readonly block: number;
  readonly parent: number | null;
  readonly teaser: boolean;
}

/** A page as it comes with what was found on it. */
export interface PageFacts {
  readonly page: number;
  readonly titles: readonly string[];
  /** The section that it was found in, and those around it. */
  readonly sections: readonly SectionFact[];
}

/** What the map says of pages and blocks; gathered before it is asked for. */
export class GatheredFacts implements MapFacts<number> {
  readonly #titles = new Map<number, readonly string[]>();
  readonly #sections = new Map<string, PlacedSection<number>>();
  readonly #anchors = new Map<string, number>();
  readonly #about = new Map<number, About>();
  readonly #texts = new Map<number, string>();
  readonly #blockSummaries = new Map<number, string>();
  readonly #pageSummaries = new Map<number, string>();

  addPage({ page, titles, sections }: PageFacts): void {
    this.#titles.set(page, titles);
    for (const { block, parent, teaser, ...head } of sections)
      this.#sections.set(`${page} ${head.order}`, { head, block, parent, isTeaser: teaser });
  }

  addAnchor(page: number, fragment: string, order: number): void {
    this.#anchors.set(`${page} ${fragment}`, order);
  }

  /** Reads what is told of all candidates. */
  async readAbout(neo4j: Neo4j, pages: Iterable<number>, blocks: Iterable<number>): Promise<void> {
    const [row] = await neo4j.rows<AboutRow>(ABOUT, { pages: [...pages], blocks: [...blocks] });
    for (const [n, about, summary] of row?.pages ?? []) {
      this.#about.set(n, { ...about, linked: Math.min(about.linked, MAX_LINKS) });
      this.#pageSummaries.set(n, summary);
    }
    for (const [n, text, summary] of row?.blocks ?? []) {
      this.#texts.set(n, text);
      this.#blockSummaries.set(n, summary);
    }
  }

  section(page: number, order: number): PlacedSection<number> | undefined {
    return this.#sections.get(`${page} ${order}`);
  }

  anchored(page: number, fragment: string): number | null {
    return this.#anchors.get(`${page} ${fragment}`) ?? null;
  }

  titles(page: number): readonly string[] {
    return this.#titles.get(page) ?? [];
  }

  about(page: number): About {
    const about = this.#about.get(page);
    if (about === undefined) throw new Error(`nothing was read about page ${page}`);
    return about;
  }

  text(block: number): string {
    return this.#texts.get(block) ?? '';
  }

  blockSummary(block: number): string {
    return this.#blockSummaries.get(block) ?? '';
  }

  pageSummary(page: number): string {
    return this.#pageSummaries.get(page) ?? '';
  }
}
