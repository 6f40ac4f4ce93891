import neo4jDriver, { type Driver, type Session } from 'neo4j-driver';
import { neo4jMap } from '../src/drivers/neo4j/map-store.ts';
import type { Neo4j } from '../src/drivers/neo4j/neo4j.ts';
import { type Neo4jAddress, openNeo4j } from '../src/drivers/neo4j/open-neo4j.ts';
import type { PageWrite } from '../src/model/page.ts';
import { benchNeo4j } from './support/graph-stores.ts';
import { linkedPage, SITE } from './support/linked-pages.ts';
import { median } from './support/percentile.ts';
import { atLeast, Report } from './support/report.ts';

/** Pages per batch, like the writer of a crawl. */
const BATCH = 32;
const LINKS = 20;
const MAX_PER_SECOND = 5000;
const TIMES_AS_FAST = 20;
/** One of this many pages is stored in the older way; all of them would take too long. */
const OLDER_SHARE = 20;
/** Rounds. The first does not count: Neo4j compiles frequent code. */
const ROUNDS = 4;

interface Figures {
  readonly perSecond: number;
  readonly sectionsPerSecond: number;
}

/** Stores the pages with numbers in a range. */
type Save = (from: number, to: number) => Promise<void>;

/**
 * Nodes and relationships per second of our batches and of the older design, one CREATE per section. The two designs
 * alternate and are compared within each round. Bar: 20 times the older design.
 */
export async function graphWrites([count = '5000']: readonly string[]): Promise<Report> {
  const pages = Number(count);
  const all = pages * ROUNDS;
  const few = Math.ceil(pages / OLDER_SHARE);
  await using server = await benchNeo4j();
  await using opened = new AsyncDisposableStack();
  const neo4j = opened.adopt(await openNeo4j(server), (it) => it.close());
  const driver = opened.adopt(plainDriver(server), (it) => it.close());
  const ours = await batches(neo4j, all);
  const older = await onePerSection(
    opened.adopt(driver.session(), (it) => it.close()),
    all,
  );
  const rounds: [Figures, Figures][] = [];
  for (let first = 0; first < all; first += pages)
    rounds.push([
      await figures(neo4j, () => ours(first, first + pages)),
      await figures(neo4j, () => older(first, first + few)),
    ]);
  return reportOf(pages, rounds.slice(1));
}

function plainDriver({ url, username, password }: Neo4jAddress): Driver {
  return neo4jDriver.driver(url, neo4jDriver.auth.basic(username, password));
}

function reportOf(pages: number, rounds: readonly (readonly [Figures, Figures])[]): Report {
  const report = new Report(`Writes of ${pages} pages to Neo4j, medians of ${rounds.length} rounds`, [
    'nodes and relationships/s',
    'sections/s',
  ]);
  const medians = (figure: (round: readonly [Figures, Figures]) => Figures) => [
    median(rounds.map((round) => figure(round).perSecond)),
    median(rounds.map((round) => figure(round).sectionsPerSecond)),
  ];
  report.check(
    'in batches',
    medians(([ours]) => ours),
    [atLeast(MAX_PER_SECOND), null],
  );
  report.add(
    'one CREATE for each section',
    medians(([, older]) => older),
  );
  report.check(
    'times as fast',
    medians(([ours, older]) => ({
      perSecond: ours.perSecond / older.perSecond,
      sectionsPerSecond: ours.sectionsPerSecond / older.sectionsPerSecond,
    })),
    [atLeast(TIMES_AS_FAST), null],
  );
  return report;
}

async function batches(neo4j: Neo4j, all: number): Promise<Save> {
  const graph = neo4jMap(neo4j);
  await graph.openSite({ url: SITE, crawlId: 'bench', at: 1 });
  return async (from, to) => {
    for (let first = from; first < to; first += BATCH)
      await graph.save('bench', pagesFrom(first, Math.min(first + BATCH, to), all), []);
  };
}

/** Stores a page and its sections one by one, each in its own transaction. */
async function onePerSection(session: Session, all: number): Promise<Save> {
  await session.run('CREATE INDEX older IF NOT EXISTS FOR (p:OLDER) ON (p.url)');
  return async (from, to) => {
    for (const page of pagesFrom(from, to, all)) await saveOlder(session, page);
  };
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
