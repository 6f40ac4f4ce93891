import { derivedId } from '../../../core/derived-id.ts';
import { nextPages } from '../../../core/pagination/paginated-list.ts';
import type { GroupWrite } from '../../../model/layout-group.ts';
import type { PaginatedListWrite } from '../../../model/paginated-list.ts';
import type { AnalysisBatch } from '../../../model/site-overview.ts';
import type { Neo4j, Run } from '../neo4j.ts';

/** Members of a group that are joined or parted in one transaction. */
const MEMBERS_AT_ONCE = 5000;

const SITE = 'MATCH (:CRAWL {id: $crawlId})-[:OF]->(r:ROOT) RETURN r.id AS id';

const BOARDS = `
  MATCH (r:ROOT {id: $site}) UNWIND $rows AS row
  MERGE (b:BOARD {id: row.id}) SET b += row.about, b.at = $at
  MERGE (r)-[:HAS_BOARD]->(b)`;
const PART_BOARDS = `
  UNWIND $ids AS id MATCH (b:BOARD {id: id})-[has:HAS_MEMBER]->(p)
  OPTIONAL MATCH (p)-[next:NEXT_PAGE {board: id}]->()
  DELETE has, next`;
const JOIN_BOARDS = `
  UNWIND $rows AS row MATCH (b:BOARD {id: row.id})
  UNWIND row.pages AS page MATCH (p:PLACE {url: page.url})
  CREATE (b)-[:HAS_MEMBER {order: page.order, page: page.page}]->(p)`;
const CHAIN_BOARDS = `
  UNWIND $rows AS row UNWIND row.steps AS step
  MATCH (a:PLACE {url: step.from}) MATCH (b:PLACE {url: step.to})
  CREATE (a)-[:NEXT_PAGE {board: row.id, pages: step.pages}]->(b)`;

const GROUP = `
  MATCH (r:ROOT {id: $site})
  MERGE (g:GROUP {id: $id}) SET g += $about, g.at = $at
  MERGE (r)-[:HAS_GROUP]->(g)`;
const PART_GROUP = `
  MATCH (:GROUP {id: $id})-[has:HAS_MEMBER]->() WITH has LIMIT $limit DELETE has RETURN count(*) AS done`;
const JOIN_GROUP = `
  MATCH (r:ROOT {id: $site}) MATCH (g:GROUP {id: $id})
  UNWIND $layouts AS layout
  MATCH (p:PAGE {template: layout.template, fingerprint: layout.fingerprint})<-[:HAS_PAGE]-(r)
    WHERE NOT EXISTS { (g)-[:HAS_MEMBER]->(p) }
  WITH g, p LIMIT $limit CREATE (g)-[:HAS_MEMBER]->(p) RETURN count(*) AS done`;

const END_BOARDS = `
  MATCH (:ROOT {id: $site})-[:HAS_BOARD]->(b) WHERE b.at <> $at
  OPTIONAL MATCH (b)-[:HAS_MEMBER]->()-[next:NEXT_PAGE {board: b.id}]->()
  DELETE next DETACH DELETE b`;
const END_GROUPS = 'MATCH (:ROOT {id: $site})-[:HAS_GROUP]->(g) WHERE g.at <> $at RETURN g.id AS id';
const DROP_GROUP = 'MATCH (g:GROUP {id: $id}) DETACH DELETE g';

/** Writes paginated lists and groups: the lists of a batch in one transaction, members of groups in bounded ones. */
export async function saveAnalysis(
  neo4j: Neo4j,
  crawlId: string,
  { lists, groups }: AnalysisBatch,
  at: number,
): Promise<void> {
  const site = await siteOf(neo4j, crawlId);
  if (lists.length > 0) await neo4j.write((run) => saveLists(run, site, lists, at));
  for (const group of groups) await saveGroup(neo4j, site, group, at);
}

/** Removes what an earlier analysis has stored and this one has not. */
export async function endAnalysis(neo4j: Neo4j, crawlId: string, at: number): Promise<void> {
  const site = await siteOf(neo4j, crawlId);
  await neo4j.write((run) => run(END_BOARDS, { site, at }));
  const old = await neo4j.rows<{ id: string }>(END_GROUPS, { site, at });
  for (const { id } of old) {
    await untilNone(neo4j, PART_GROUP, { id });
    await neo4j.write((run) => run(DROP_GROUP, { id }));
  }
}

async function siteOf(neo4j: Neo4j, crawlId: string): Promise<string> {
  const [site] = await neo4j.rows<{ id: string }>(SITE, { crawlId });
  if (site === undefined) throw new Error(`the site of crawl ${crawlId} was not opened`);
  return site.id;
}

async function saveLists(
  run: Run,
  site: string,
  lists: readonly PaginatedListWrite[],
  at: number,
): Promise<void> {
  const rows = lists.map(({ pages, ...about }) => ({
    id: derivedId(`${site} board ${about.pattern}`),
    about: { ...about, pageCount: pages.length },
    pages: pages.map((page, order) => ({ ...page, order })),
    steps: nextPages(pages),
  }));
  await run(BOARDS, { site, rows, at });
  await run(PART_BOARDS, { ids: rows.map(({ id }) => id) });
  await run(JOIN_BOARDS, { rows });
  await run(CHAIN_BOARDS, { rows });
}

async function saveGroup(neo4j: Neo4j, site: string, group: GroupWrite, at: number): Promise<void> {
  const { name, pattern, fingerprint, pages, examples, layouts } = group;
  const id = derivedId(`${site} group ${pattern} ${fingerprint}`);
  const about = { name, pattern, fingerprint, count: pages, examples };
  await neo4j.write((run) => run(GROUP, { site, id, about, at }));
  await untilNone(neo4j, PART_GROUP, { id });
  await untilNone(neo4j, JOIN_GROUP, { site, id, layouts });
}

async function untilNone(neo4j: Neo4j, cypher: string, about: Readonly<Record<string, unknown>>) {
  for (;;) {
    const [row] = await neo4j.write((run) =>
      run<{ done: number }>(cypher, { ...about, limit: MEMBERS_AT_ONCE }),
    );
    if ((row?.done ?? 0) < MEMBERS_AT_ONCE) return;
  }
}
