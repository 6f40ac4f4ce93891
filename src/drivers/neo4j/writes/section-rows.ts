import { MAX_LOST_SECTIONS } from '../../../core/map/limits.ts';
import type { Run } from '../neo4j.ts';
import type { PageDraft } from './page-draft.ts';

const CREATE = `
  UNWIND $rows AS row MATCH (p:PLACE {n: row.n}) UNWIND row.sections AS section MATCH (b:BLOCK {n: section.block})
  CREATE (p)-[:HAS_SECTION]->(s:SECTION)-[:SHOWS]->(b) SET s = section.about, s.firstSeen = row.at`;

/** What was lost and is there again is the same section. */
const MERGE = `
  UNWIND $rows AS row MATCH (p:PLACE {n: row.n}) UNWIND row.sections AS section MATCH (b:BLOCK {n: section.block})
  MERGE (s:SECTION {id: section.about.id}) ON CREATE SET s.firstSeen = row.at
  SET s += section.about REMOVE s.lastSeen
  CREATE (p)-[:HAS_SECTION]->(s)-[:SHOWS]->(b)
  WITH s MATCH (s)<-[had:HAD_SECTION]-(), (s)-[showed:SHOWED]->() DELETE had, showed`;

const FORGET = `
  UNWIND $rows AS row MATCH (p:PLACE {n: row.n})-[:HAD_SECTION]->(s)
  WITH p, s ORDER BY s.lastSeen DESC, s.order
  WITH p, collect(s) AS lost UNWIND lost[${MAX_LOST_SECTIONS}..] AS s DETACH DELETE s`;

export interface SectionPage {
  readonly n: number;
  /** It was a page before, and may have had the same sections. */
  readonly wasPage: boolean;
  /** Numbers by hash. */
  readonly blocks: ReadonlyMap<string, number>;
}

/** Writes the sections of pages that have none. */
export async function writeSections(
  run: Run,
  drafts: readonly PageDraft[],
  pageOf: (draft: PageDraft) => SectionPage,
): Promise<void> {
  const rows = drafts.map((draft) => sectionRow(draft, pageOf(draft)));
  const [fresh, again] = [rows.filter(({ wasPage }) => !wasPage), rows.filter(({ wasPage }) => wasPage)];
  if (fresh.length > 0) await run(CREATE, { rows: fresh });
  if (again.length === 0) return;
  await run(MERGE, { rows: again });
  await run(FORGET, { rows: again.map(({ n }) => ({ n })) });
}

function sectionRow({ page, sections }: PageDraft, { n, wasPage, blocks }: SectionPage) {
  const parents = sections.map(({ parent }) => parent);
  return {
    n,
    wasPage,
    at: page.fetchedAt,
    sections: sections.map(({ block, ...about }) => ({
      block: blocks.get(block) ?? 0,
      about: { ...about, above: above(about.order, parents, sections) },
    })),
  };
}

/** Sections around a section that are kept with it, the innermost first. */
const MAX_ABOVE = 20;

function above(
  order: number,
  parents: readonly (number | null)[],
  sections: PageDraft['sections'],
): readonly string[] {
  const ids: string[] = [];
  for (let at = parents[order] ?? null; at !== null && ids.length < MAX_ABOVE; at = parents[at] ?? null) {
    const around = sections[at];
    if (around !== undefined) ids.push(around.id);
  }
  return ids;
}
