import { dom } from './dom.ts';
import { durability } from './durability.ts';
import { eventLoop } from './event-loop.ts';
import { frontier } from './frontier.ts';
import { graphCost } from './graph-cost.ts';
import { graphOutage } from './graph-outage.ts';
import { graphWrites } from './graph-writes.ts';
import { hostGate } from './host-gate.ts';
import { keys } from './keys.ts';
import { kills } from './kills.ts';
import { longParse } from './long-parse.ts';
import { memory } from './memory.ts';
import { outage } from './outage.ts';
import { realSites } from './real-sites.ts';
import { routeQuality } from './route-quality.ts';
import { routes } from './routes.ts';
import { sameMap } from './same-map.ts';
import { scaling } from './scaling.ts';
import { summaries } from './summaries.ts';
import { Report } from './support/report.ts';
import { workerKills } from './worker-kills.ts';

/** Measures one thing. Returns its figures, or a report with the bars that were missed. */
type Bench = (args: readonly string[]) => Promise<object>;

const BENCHES: Readonly<Record<string, { readonly run: Bench; readonly help: string }>> = {
  'real-sites': { run: realSites, help: 'crawls Debian documentation in both modes and compares with wget' },
  kills: { run: kills, help: 'kill -9 at random moments of a 200-page crawl; [N] kills (20)' },
  'worker-kills': {
    run: workerKills,
    help: 'kill -9 of workers, API and both in crawls by two workers on Redis; [N] kills (100)',
  },
  outage: { run: outage, help: 'Redis killed in the middle of a crawl and back after [SECONDS] (60)' },
  'long-parse': {
    run: longParse,
    help: 'a page that takes more than 10 s of CPU to parse, by [END_TAGS] in a deep image (2000000)',
  },
  scaling: {
    run: scaling,
    help: 'pages/s of 1, 2 and 8 workers on a slow site; [PAGES] for each worker (300)',
  },
  'host-gate': { run: hostGate, help: 'limit and delay of a host over 4 workers and 2 tasks; [PAGES] (60)' },
  durability: {
    run: durability,
    help: 'pages/s with the frontier in memory, SQLite and Redis; [PAGES] (3000) or docs, [ROUNDS] (5)',
  },
  keys: { run: keys, help: '[N] tasks (100000) through the queue, and the keys that they leave in Redis' },
  frontier: {
    run: frontier,
    help: "a frontier of [N] URLs (1000000) in SQLite and Redis, beside Crawlee's own queue",
  },
  dom: {
    run: dom,
    help: "links and headings against Chromium's own DOM; [LIMIT] pages of each site (all)",
  },
  'event-loop': { run: eventLoop, help: 'delay of the main thread while the largest page is parsed' },
  routes: {
    run: routes,
    help: 'routes and searches on a generated graph; [PAGES] (10000) [LINKS] per page (20) [QUERIES] (200) [STORE] (sqlite, neo4j)',
  },
  'same-map': {
    run: sameMap,
    help: 'one crawl of python3.11-doc in SQLite and in Neo4j, compared by every query',
  },
  'graph-writes': {
    run: graphWrites,
    help: 'nodes and relationships/s in Neo4j, beside one CREATE for each section; [PAGES] (5000)',
  },
  summaries: {
    run: summaries,
    help: 'summaries of python3.11-doc: calls to a model, and what our own cost; [ROUNDS] (3)',
  },
  'graph-cost': {
    run: graphCost,
    help: 'pages/s of a crawl of python3.11-doc without a graph and with one; [ROUNDS] (5), by [MODE] http or browser (http), in [STORES] (sqlite neo4j)',
  },
  'graph-outage': {
    run: graphOutage,
    help: 'Neo4j killed in the middle of a crawl and back after [SECONDS] (60)',
  },
  'route-quality': {
    run: routeQuality,
    help: 'queries to the map of python3.11-doc, with their steps clicked in a browser; [no-clicks]',
  },
  memory: {
    run: memory,
    help: 'memory of the process after 500, 5,000 and 20,000 pages; [MODE] http (default) or browser',
  },
};

const [name = '', ...args] = process.argv.slice(2);
const bench = Object.hasOwn(BENCHES, name) ? BENCHES[name] : undefined;
if (bench === undefined) {
  const lines = Object.entries(BENCHES).map(([key, { help }]) => `  ${key.padEnd(15)}${help}`);
  process.stderr.write(`npm run -s bench -- NAME\n\n${lines.join('\n')}\n`);
  process.exitCode = 2;
} else {
  const figures = await bench.run(args);
  if (figures instanceof Report) {
    process.stdout.write(figures.toString());
    if (figures.missed.length > 0) process.exitCode = 1;
  } else {
    process.stdout.write(
      `${JSON.stringify({ bench: name, at: new Date().toISOString(), ...figures }, null, 2)}\n`,
    );
  }
}
