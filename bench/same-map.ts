import type { GraphStore } from '../src/ports/graph-store.ts';
import { HELD_OUT_PYTHON_QUESTIONS, PYTHON_QUESTIONS } from '../test/map/python-questions.ts';
import { MapComparison } from '../test/support/map-comparison.ts';
import { mirroredMap } from '../test/support/mirrored-map.ts';
import { startChildServer } from './support/child-server.ts';
import { documentationFolder, SITES } from './support/debian-docs.ts';
import { openGraphOfBench } from './support/graph-stores.ts';
import { benchOptions, crawlOver } from './support/in-process.ts';
import { atMost, Report } from './support/report.ts';

const [PYTHON] = SITES;
const SIZE = { paths: 300, inLinks: 200, queries: 200 } as const;
const MAX_REPORTED = 5;

/** One crawl of python3.11-doc, written to both stores, must return the same from both. */
export async function sameMap(): Promise<Report> {
  if (PYTHON === undefined) throw new Error('there should be a documentation site');
  await using server = await startChildServer('static-server.ts', [await documentationFolder(PYTHON)]);
  await using sqlite = await openGraphOfBench('sqlite');
  await using neo4j = await openGraphOfBench('neo4j');
  const site = server.origin + PYTHON.start;
  const graph: GraphStore = mirroredMap(sqlite.graph, neo4j.graph);
  await crawlOver(benchOptions(site, 'http', 10_000), {}, (stores) => ({ ...stores, graph }));
  const queries = [...PYTHON_QUESTIONS, ...HELD_OUT_PYTHON_QUESTIONS].map(({ text }) => text);
  const results = await new MapComparison(sqlite.graph, neo4j.graph, site).run(queries, SIZE);
  const report = new Report(`${PYTHON.name}, one crawl in SQLite and in Neo4j`, ['compared', 'different']);
  for (const { what, compared, differences } of results) {
    report.check(what, [compared, differences.length], [null, atMost(0)]);
    for (const difference of differences.slice(0, MAX_REPORTED))
      process.stderr.write(`${what}: ${difference}\n`);
  }
  return report;
}
