import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { ProcessFetcher } from '../../../pools/browser/process-fetcher.ts';
import { WaymarkError } from '../../../src/core/errors.ts';
import type { FetchedPage, FetchFailure } from '../../../src/model/fetched-page.ts';
import type { Claim } from '../../../src/model/frontier-url.ts';
import type { PageSink, PageSource } from '../../../src/ports/fetcher.ts';
import { SimulatedClock } from '../../support/simulated-clock.ts';
import { type TempDir, tempDir } from '../../support/temp-dir.ts';
import { until } from '../../support/until.ts';

const PROCESS_FILE = fileURLToPath(new URL('./scripted-browser-process.ts', import.meta.url));
const SITE = 'https://site.test';
const MINUTE = 60_000;

function claimOf(path: string): Claim {
  return { url: `${SITE}${path}`, host: 'site.test', depth: 0, attempt: 1, lease: path };
}

/** Hands out one claim for each path, and records what comes back. */
class ScriptedCrawl implements PageSource, PageSink {
  readonly fetchedPaths: string[] = [];
  readonly failures: (readonly [path: string, reason: string])[] = [];
  readonly taken: string[] = [];
  readonly #paths: string[];

  constructor(paths: readonly string[]) {
    this.#paths = [...paths];
  }

  async next(): Promise<Claim | null> {
    const path = this.#paths.shift();
    if (path === undefined) return null;
    this.taken.push(path);
    return claimOf(path);
  }

  async isEmpty(): Promise<boolean> {
    return this.#paths.length === 0;
  }

  async isFinished(): Promise<boolean> {
    return this.#paths.length === 0;
  }

  async mayRequest(_url: string): Promise<boolean> {
    return true;
  }

  async fetched({ claim }: FetchedPage): Promise<void> {
    this.fetchedPaths.push(claim.lease);
  }

  async failed({ claim, reason }: FetchFailure): Promise<void> {
    this.failures.push([claim.lease, reason]);
  }
}

/** Holds the second call of `next` until the process that made it has ended. */
class SlowCrawl extends ScriptedCrawl {
  readonly #pid = Promise.withResolvers<number>();

  override async next(): Promise<Claim | null> {
    if (this.taken.length === 1) await this.#deathOf(await this.#pid.promise);
    return super.next();
  }

  override async mayRequest(url: string): Promise<boolean> {
    this.#pid.resolve(Number(new URL(url).pathname.slice(1)));
    return true;
  }

  #deathOf(pid: number): Promise<true> {
    return until('the process ends', async () => (isRunning(pid) ? null : true));
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

class Harness implements AsyncDisposable {
  readonly clock = new SimulatedClock();
  readonly fetcher: ProcessFetcher;
  readonly warnings: string[] = [];
  readonly #dir: TempDir;

  constructor(dir: TempDir, processFile: string) {
    this.#dir = dir;
    const warn = (message: string) => void this.warnings.push(message);
    this.fetcher = new ProcessFetcher({
      job: {
        browser: {
          executablePath: '',
          args: [],
          env: {},
          source: 'setting',
          headlessShell: true,
          sandbox: false,
        },
        allowedPrivateHosts: [],
        scope: { hosts: ['site.test'], subdomains: false, include: [], exclude: [], hashRoutes: false },
        concurrency: 1,
        maxBytes: 1000,
        timeoutMs: 1000,
        media: false,
        pagesPerBrowser: 1,
        maxMemoryBytes: 1e9,
        maxProfileBytes: 1e9,
      },
      processFile,
      tempDir: dir.path,
      clock: this.clock,
      log: { debug: () => {}, info: () => {}, warn, error: () => {} },
    });
  }

  /** Waits for the given number of deaths, and for the pause after the last one. */
  async paused(deaths: number): Promise<void> {
    await until('the fetcher pauses', async () =>
      this.warnings.length === deaths && this.clock.timers === 1 ? true : null,
    );
  }

  /** Profiles that are left on disk, and timers that are still set. */
  get leftovers(): readonly unknown[] {
    return [...readdirSync(this.#dir.path), ...Array.from({ length: this.clock.timers }, () => 'timer')];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.fetcher.stop('abort');
    await this.#dir[Symbol.asyncDispose]();
  }
}

async function open(processFile = PROCESS_FILE): Promise<Harness> {
  return new Harness(await tempDir(), processFile);
}

describe('ProcessFetcher', { timeout: MINUTE }, () => {
  it('fails the open page of a process that dies, and goes on in the next process', async () => {
    await using test = await open();
    const crawl = new ScriptedCrawl(['/dies', '/page']);
    const run = test.fetcher.run(crawl, crawl);
    await test.paused(1);
    await test.clock.advance(15_000);
    await run;
    expect(crawl.failures).toEqual([['/dies', 'crash']]);
    expect(crawl.fetchedPaths).toEqual(['/page']);
    expect(test.leftovers).toEqual([]);
  });

  it('fails a page that it hands out while the process dies', async () => {
    await using test = await open();
    const crawl = new SlowCrawl(['/dies-with-a-call-in-progress', '/next']);
    const run = test.fetcher.run(crawl, crawl);
    await test.paused(1);
    await test.clock.advance(15_000);
    await run;
    expect(crawl.failures.map(([path]) => path).sort()).toEqual(['/dies-with-a-call-in-progress', '/next']);
    expect(crawl.fetchedPaths).toEqual([]);
  });

  it('accepts the page that a process sent before it died, and does not fail it', async () => {
    await using test = await open();
    const crawl = new ScriptedCrawl(['/dies-after-sending']);
    const run = test.fetcher.run(crawl, crawl);
    await test.paused(1);
    await test.clock.advance(15_000);
    await run;
    expect(crawl.fetchedPaths).toEqual(['/dies-after-sending']);
    expect(crawl.failures).toEqual([]);
  });

  it('kills a process without a sign of life for 30 s', async () => {
    await using test = await open();
    const crawl = new ScriptedCrawl(['/hangs']);
    const run = test.fetcher.run(crawl, crawl);
    await until('the page is taken', async () => (crawl.taken.length === 1 ? true : null));
    await test.clock.advance(20_000);
    expect(test.warnings).toEqual([]);
    await test.clock.advance(10_000);
    await test.paused(1);
    await test.clock.advance(15_000);
    await run;
    expect(crawl.failures).toEqual([['/hangs', 'crash']]);
  });

  it('rejects with the error that a process reports', async () => {
    await using test = await open();
    const crawl = new ScriptedCrawl(['/ends-with-an-error']);
    await expect(test.fetcher.run(crawl, crawl)).rejects.toThrow('The driver is broken');
    expect(test.leftovers).toEqual([]);
  });

  it('rejects with the very error of the source', async () => {
    await using test = await open();
    const outage = new WaymarkError('storage-failed', 'The store is read-only');
    const crawl = new ScriptedCrawl(['/page']);
    crawl.next = () => Promise.reject(outage);
    await expect(test.fetcher.run(crawl, crawl)).rejects.toBe(outage);
  });

  it('rejects with the error of a sink that refuses an open page of a dead process', async () => {
    await using test = await open();
    const outage = new WaymarkError('storage-failed', 'The store is read-only');
    const crawl = new ScriptedCrawl(['/dies']);
    crawl.failed = () => Promise.reject(outage);
    await expect(test.fetcher.run(crawl, crawl)).rejects.toBe(outage);
    expect(test.leftovers).toEqual([]);
  });

  it('rejects when no process lives long enough to take a page', async () => {
    await using test = await open('/no/such/file.ts');
    const crawl = new ScriptedCrawl(['/page']);
    const ended = expect(test.fetcher.run(crawl, crawl)).rejects.toThrow('8 times in a row');
    for (let deaths = 1; deaths < 8; deaths += 1) {
      await test.paused(deaths);
      await test.clock.advance(15_000);
    }
    await ended;
    expect(crawl.taken).toEqual([]);
    expect(test.leftovers).toEqual([]);
  });

  it.each(['drain', 'abort'] as const)('can be stopped before a process starts (%s)', async (how) => {
    await using test = await open();
    const crawl = new ScriptedCrawl(['/page']);
    const run = test.fetcher.run(crawl, crawl);
    await test.fetcher.stop(how);
    await run;
    expect(crawl.taken).toEqual([]);
    expect(test.leftovers).toEqual([]);
  });

  it.each(['drain', 'abort'] as const)('can be stopped while a process runs (%s)', async (how) => {
    await using test = await open();
    const crawl = new ScriptedCrawl(['/hangs']);
    const run = test.fetcher.run(crawl, crawl);
    await until('the page is taken', async () => (crawl.taken.length === 1 ? true : null));
    await test.fetcher.stop(how);
    await run;
    expect(crawl.failures).toEqual([]);
    expect(test.leftovers).toEqual([]);
  });

  it.each(['drain', 'abort'] as const)('can be stopped in the pause after a death (%s)', async (how) => {
    await using test = await open();
    const crawl = new ScriptedCrawl(['/dies', '/page']);
    const run = test.fetcher.run(crawl, crawl);
    await test.paused(1);
    await test.fetcher.stop(how);
    await run;
    expect(crawl.taken).toEqual(['/dies']);
    expect(test.leftovers).toEqual([]);
  });

  it('can be stopped after its end', async () => {
    await using test = await open();
    const crawl = new ScriptedCrawl(['/page']);
    await test.fetcher.run(crawl, crawl);
    await test.fetcher.stop('drain');
    await test.fetcher.stop('abort');
    expect(crawl.fetchedPaths).toEqual(['/page']);
  });
});
