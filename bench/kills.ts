import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { tempDir } from '../test/support/temp-dir.ts';
import { type CrawlJson, crawlOnce, startCrawl } from './support/crawl-process.ts';
import { openPages, storedPages } from './support/stored-pages.ts';

const PAGES = 200;
const DELAY_MS = 30;

/** Kills a crawl with SIGKILL at random moments and resumes it. No page may be lost or stored twice. */
export async function kills([count = '20', mode = 'http']: readonly string[]): Promise<object> {
  await using site = await startCountingSite();
  const flags = ['--render', mode];
  const undisturbed = await undisturbedRun(site.origin, flags);
  const rounds: Round[] = [];
  for (let round = 0; round < Number(count); round += 1) {
    site.forget();
    rounds.push(await killedRun(site, flags, undisturbed));
  }
  return {
    pages: PAGES,
    mode,
    undisturbed_seconds: undisturbed.seconds,
    undisturbed_pages: undisturbed.urls.length,
    ...verdict(rounds),
    rounds,
  };
}

interface Round {
  readonly killed_after_ms: number;
  readonly visits_at_kill: number;
  /** Pages in progress at the kill: the maximum number of repeated visits. */
  readonly open_at_kill: number;
  readonly missing: number;
  readonly twice_in_graph: number;
  readonly fetched_again: number;
}

interface Undisturbed {
  readonly urls: readonly string[];
  readonly seconds: number;
}

function verdict(rounds: readonly Round[]) {
  const max = (figure: keyof Round) => Math.max(...rounds.map((round) => round[figure]));
  const cheap = rounds.every(({ fetched_again, open_at_kill }) => fetched_again <= open_at_kill);
  const held = cheap && max('missing') === 0 && max('twice_in_graph') === 0;
  return {
    kills: rounds.length,
    held,
    most_missing: max('missing'),
    most_twice: max('twice_in_graph'),
    most_fetched_again: max('fetched_again'),
  };
}

async function undisturbedRun(origin: string, flags: readonly string[]): Promise<Undisturbed> {
  await using storage = await tempDir();
  const result = await crawlOnce(`${origin}/`, storage.path, flags);
  return { urls: await storedPages(storage.path, result.task_id), seconds: result.execution_time };
}

async function killedRun(
  site: CountingSite,
  flags: readonly string[],
  undisturbed: Undisturbed,
): Promise<Round> {
  await using storage = await tempDir();
  const url = `${site.origin}/`;
  const first = startCrawl(url, storage.path, flags);
  const target = 1 + Math.floor(Math.random() * (PAGES - 2));
  const startedAt = performance.now();
  await site.visited(target);
  process.kill(-(first.child.pid ?? 0), 'SIGKILL');
  const killedAfter = performance.now() - startedAt;
  await first.ended;
  const visitsAtKill = site.visits();
  const openAtKill = await openPages(storage.path, url);
  const result: CrawlJson = await crawlOnce(url, storage.path, [...flags, '--resume']);
  const urls = await storedPages(storage.path, result.task_id);
  return {
    killed_after_ms: Math.round(killedAfter),
    visits_at_kill: visitsAtKill,
    open_at_kill: openAtKill,
    missing: undisturbed.urls.filter((page) => !urls.includes(page)).length,
    twice_in_graph: urls.length - new Set(urls).size,
    fetched_again: site.repeats(),
  };
}

interface CountingSite extends AsyncDisposable {
  readonly origin: string;
  forget(): void;
  /** Resolves when the site has received this many page requests. */
  visited(pages: number): Promise<void>;
  visits(): number;
  /** Visits beyond the first of each page. */
  repeats(): number;
}

async function startCountingSite(): Promise<CountingSite> {
  const script = join(import.meta.dirname, 'support', 'generated-server.ts');
  const child = fork(script, [String(PAGES), String(DELAY_MS)]);
  const [port] = await once(child, 'message');
  let log: string[] = [];
  let waiting: { readonly pages: number; readonly resolve: () => void } | null = null;
  child.on('message', ({ visit }: { readonly visit: string }) => {
    if (visit === '/' || visit.startsWith('/subject-')) log.push(visit);
    if (waiting !== null && log.length >= waiting.pages) waiting.resolve();
  });
  return {
    origin: `http://127.0.0.1:${port}`,
    forget: () => {
      log = [];
    },
    visited: (pages) => new Promise((resolve) => (waiting = { pages, resolve })),
    visits: () => log.length,
    repeats: () => log.length - new Set(log).size,
    async [Symbol.asyncDispose]() {
      child.kill();
      await once(child, 'exit');
    },
  };
}
