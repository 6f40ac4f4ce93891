import { eventLoop } from './event-loop.ts';
import { frontier } from './frontier.ts';
import { kills } from './kills.ts';
import { memory } from './memory.ts';
import { realSites } from './real-sites.ts';
import { routes } from './routes.ts';

/** Measures one thing and answers its figures. */
type Bench = (args: readonly string[]) => Promise<object>;

const BENCHES: Readonly<Record<string, { readonly run: Bench; readonly help: string }>> = {
  'real-sites': { run: realSites, help: 'crawls Debian documentation in both modes and compares with wget' },
  kills: { run: kills, help: 'kill -9 at random moments of a 200-page crawl; [N] kills (20)' },
  frontier: {
    run: frontier,
    help: 'a frontier of [N] URLs (100000) in SQLite and in Redis: adding, claiming, reopening, size',
  },
  'event-loop': { run: eventLoop, help: 'delay of the main thread while the largest page is parsed' },
  routes: {
    run: routes,
    help: 'ways and searches on a made-up graph; [PAGES] (10000) [LINKS] a page (20) [ASKED] (200)',
  },
  memory: {
    run: memory,
    help: 'memory of the process after 500, 5,000 and 20,000 pages; [MODE] http (default) or browser',
  },
};

const [name = '', ...args] = process.argv.slice(2);
const bench = Object.hasOwn(BENCHES, name) ? BENCHES[name] : undefined;
if (bench === undefined) {
  const lines = Object.entries(BENCHES).map(([key, { help }]) => `  ${key.padEnd(12)}${help}`);
  process.stderr.write(`npm run -s bench -- NAME\n\n${lines.join('\n')}\n`);
  process.exitCode = 2;
} else {
  const figures = await bench.run(args);
  process.stdout.write(
    `${JSON.stringify({ bench: name, at: new Date().toISOString(), ...figures }, null, 2)}\n`,
  );
}
