import neo4jDriver, { type Session } from 'neo4j-driver';
import { Neo4jGraphStore } from '../src/drivers/neo4j/graph-store.ts';
import type { Neo4j } from '../src/drivers/neo4j/neo4j.ts';
import { type Neo4jAddress, openNeo4j } from '../src/drivers/neo4j/open-neo4j.ts';
import type { PageWrite } from '../src/ports/graph-store.ts';
import { benchNeo4j } from './support/graph-stores.ts';
import { linkedPage, SITE } from './support/linked-pages.ts';
import { atLeast, Report } from './support/report.ts';

/** Pages in a batch, as the writer of a crawl gives them. */
const BATCH = 32;
const LINKS = 20;
const MOST_PER_SECOND = 5000;
const TIMES_AS_FAST = 20;
/** Pages of each way before the clock starts: Neo4j compiles what runs often. */
const WARM_UP = 640;
/** Of so many pages one is stored in the older way, which would take too long with all. */
const OLDER_SHARE = 20;

interface Figures {
  readonly perSecond: number;
  readonly sectionsPerSecond: number;
}

/** Nodes and relationships a second: our batches, and the older design's way, one CREATE for each section. */
export async function graphWrites([count = '5000']: readonly string[]): Promise<Report> {
  const pages = Number(count);
  await using server = await benchNeo4j();
  const older = await measureOlder(server, Math.ceil(pages / OLDER_SHARE));
  const ours = await measureOurs(server, pages);
  const report = new Report(`Writes of ${pages} pages to Neo4j`, ['nodes and relationships/s', 'sections/s']);
  report.hold('in batches', [ours.perSecond, ours.sectionsPerSecond], [atLeast(MOST_PER_SECOND), null]);
  report.tell('one CREATE for each section', [older.perSecond, older.sectionsPerSecond]);
  const times = [ours.perSecond / older.perSecond, ours.sectionsPerSecond / older.sectionsPerSecond];
  report.hold('times as fast', times, [atLeast(TIMES_AS_FAST), null]);
  return report;
}

async function measureOurs(server: Neo4jAddress, pages: number): Promise<Figures> {
  const neo4j = await openNeo4j(server);
  try {
    const graph = new Neo4jGraphStore(neo4j);
    await graph.openSite({ url: SITE, crawlId: 'bench', at: 1 });
    const all = WARM_UP + pages;
    const save = async (from: number, to: number) => {
      for (let first = from; first < to; first += BATCH)
        await graph.save('bench', pagesFrom(first, Math.min(first + BATCH, to), all), []);
    };
    await save(0, WARM_UP);
    return await figures(neo4j, () => save(WARM_UP, all));
  } finally {
    await neo4j.close();
  }
}

/** A page, and its sections one after the other, each in a transaction of its own. */
async function measureOlder(server: Neo4jAddress, pages: number): Promise<Figures> {
  const neo4j = await openNeo4j(server);
  const driver = neo4jDriver.driver(server.url, neo4jDriver.auth.basic(server.username, server.password));
  const session = driver.session();
  try {
    await session.run('CREATE INDEX older IF NOT EXISTS FOR (p:OLDER) ON (p.url)');
    const warm = Math.ceil(WARM_UP / OLDER_SHARE);
    for (const page of pagesFrom(0, warm, pages + warm)) await saveOlder(session, page);
    return await figures(neo4j, async () => {
      for (const page of pagesFrom(warm, warm + pages, warm + pages)) await saveOlder(session, page);
    });
  } finally {
    await session.close();
    await driver.close();
    await neo4j.close();
  }
}

async function saveOlder(session: Session, { url, parsed }: PageWrite): Promise<void> {
  await session.run('CREATE (:OLDER {url: $url, title: $title})', { url, title: parsed.title });
  for (const { type, text, path } of parsed.sections)
    await session.run(
      'MATCH (p:OLDER {url: $url}) CREATE (p)-[:HAS_SECTION]->(:OLDER_SECTION {type: $type, text: $text, path: $path})',
      { url, type, text, path },
    );
}

async function figures(neo4j: Neo4j, work: () => Promise<void>): Promise<Figures> {
  const before = await counted(neo4j);
  const start = performance.now();
  await work();
  const seconds = (performance.now() - start) / 1000;
  const after = await counted(neo4j);
  return {
    perSecond: (after.all - before.all) / seconds,
    sectionsPerSecond: (after.sections - before.sections) / seconds,
  };
}

async function counted(neo4j: Neo4j): Promise<{ readonly all: number; readonly sections: number }> {
  const [row] = await neo4j.rows<{ all: number; sections: number }>(
    `RETURN COUNT { () } + COUNT { ()-->() } AS all, COUNT { (:SECTION) } + COUNT { (:OLDER_SECTION) } AS sections`,
  );
  return row ?? { all: 0, sections: 0 };
}

function pagesFrom(from: number, to: number, all: number): PageWrite[] {
  return Array.from({ length: to - from }, (_, n) => linkedPage(from + n, all, LINKS));
}
