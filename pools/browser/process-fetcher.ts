import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { PageError, pageFailure } from '../../src/core/ledger/page-error.ts';
import type { Claim } from '../../src/model/frontier-url.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { Fetcher, PageSink, PageSource } from '../../src/ports/fetcher.ts';
import type { Logger } from '../../src/ports/logger.ts';
import type { BrowserCommand, BrowserJob, BrowserReport, SourceCall } from './process-messages.ts';
import { killProcessesWith, killQuietly, processTree } from './process-tree.ts';

export interface ProcessFetcherOptions {
  readonly job: Omit<BrowserJob, 'profileDir'>;
  /** The module that the browser process runs. It takes a `BrowserCommand` and sends a `BrowserReport` for each message. */
  readonly processFile: string;
  /** Folder in which the profiles of the browsers are kept while they run. */
  readonly tempDir: string;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Prefix of the profile folders; also the mark by which processes of a browser are recognised. */
const PROFILE_PREFIX = 'waymark-browser-';
/** A process without a sign of life for so long is killed, in milliseconds. */
const MAX_SILENCE_MS = 30_000;
/** How long a process may take to end its browsers, in milliseconds. */
const END_WITHIN_MS = 10_000;
/** Pause before the next process after one that died, doubled with each death in a row, in milliseconds. */
const FIRST_PAUSE_MS = 250;
const MAX_PAUSE_MS = 15_000;

/**
 * Visits pages in browsers that belong to a process of their own, so that nothing a page does to its browser or the
 * browser's driver can end the service. When that process dies, the pages that were open in it fail as `crash`, which
 * costs each of them one attempt, and the next process goes on with the crawl.
 */
export class ProcessFetcher implements Fetcher {
  readonly #options: ProcessFetcherOptions;
  #process: BrowserProcess | null = null;
  #endPause: () => void = () => {};
  #stopped: 'drain' | 'abort' | null = null;

  constructor(options: ProcessFetcherOptions) {
    this.#options = Object.freeze({ ...options });
  }

  async run(source: PageSource, sink: PageSink): Promise<void> {
    for (let deaths = 0; this.#stopped === null; ) {
      const open = new OpenClaims();
      const outcome = await this.#runProcess(open, source, sink);
      if (outcome.kind === 'ended') {
        if (outcome.error !== null && this.#stopped === null) throw new Error(outcome.error);
        return;
      }
      deaths = open.finished > 0 ? 1 : deaths + 1;
      this.#options.log.warn('a browser process died; the pages that were open in it are retried', {
        exit: outcome.exit,
        pages: open.size,
      });
      for (const claim of open) await this.#crashed(claim, sink);
      await this.#pause(Math.min(FIRST_PAUSE_MS * 2 ** deaths, MAX_PAUSE_MS));
    }
  }

  wake(): void {
    this.#process?.send({ kind: 'wake' });
  }

  async stop(how: 'drain' | 'abort'): Promise<void> {
    this.#stopped = how;
    this.#endPause();
    this.#process?.send({ kind: 'stop', how });
    if (how === 'abort') await this.#process?.endWithin(END_WITHIN_MS);
  }

  async #runProcess(open: OpenClaims, source: PageSource, sink: PageSink): Promise<ProcessOutcome> {
    const { job, processFile, tempDir, clock } = this.#options;
    const profileDir = await mkdtemp(join(tempDir, PROFILE_PREFIX));
    const served = new ServedSource(open, source, sink);
    const browserProcess = new BrowserProcess(processFile, { ...job, profileDir }, served, clock);
    this.#process = browserProcess;
    if (this.#stopped !== null) browserProcess.send({ kind: 'stop', how: this.#stopped });
    try {
      return await browserProcess.outcome();
    } finally {
      this.#process = null;
      await killProcessesWith(profileDir);
      await rm(profileDir, { recursive: true, force: true, maxRetries: 3 });
    }
  }

  async #crashed(claim: Claim, sink: PageSink): Promise<void> {
    const error = new PageError('crash', 'The process of the browser died during the visit', {
      retryable: true,
    });
    if (this.#stopped === null) await sink.failed(pageFailure(claim, error));
  }

  async #pause(ms: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const cancelTimer = this.#options.clock.after(ms, resolve);
    this.#endPause = resolve;
    if (this.#stopped !== null) resolve();
    await promise;
    cancelTimer();
  }
}

/** Claims that a process has taken and not yet fetched or failed. */
class OpenClaims {
  readonly #claims = new Map<string, Claim>();
  #finished = 0;

  get size(): number {
    return this.#claims.size;
  }

  /** Pages that were fetched or failed by the process itself. */
  get finished(): number {
    return this.#finished;
  }

  add(claim: Claim): void {
    this.#claims.set(claim.lease, claim);
  }

  finish(claim: Claim): void {
    this.#claims.delete(claim.lease);
    this.#finished += 1;
  }

  [Symbol.iterator](): IterableIterator<Claim> {
    return this.#claims.values();
  }
}

/** Source and sink of a crawl as a browser process calls them. */
class ServedSource {
  readonly #open: OpenClaims;
  readonly #source: PageSource;
  readonly #sink: PageSink;

  constructor(open: OpenClaims, source: PageSource, sink: PageSink) {
    this.#open = open;
    this.#source = source;
    this.#sink = sink;
  }

  async serve(call: SourceCall): Promise<unknown> {
    switch (call.method) {
      case 'next': {
        const claim = await this.#source.next();
        if (claim !== null) this.#open.add(claim);
        return claim;
      }
      case 'isEmpty':
        return this.#source.isEmpty();
      case 'isFinished':
        return this.#source.isFinished();
      case 'mayRequest':
        return this.#source.mayRequest(call.url);
      case 'fetched':
        this.#open.finish(call.page.claim);
        return this.#sink.fetched(call.page);
      case 'failed':
        this.#open.finish(call.failure.claim);
        return this.#sink.failed(call.failure);
    }
  }
}

type ProcessOutcome =
  | { readonly kind: 'ended'; readonly error: string | null }
  | { readonly kind: 'died'; readonly exit: string };

/** One browser process, from its start to its end. */
class BrowserProcess {
  readonly #child: ChildProcess;
  readonly #served: ServedSource;
  readonly #clock: Clock;
  readonly #exited: Promise<string>;
  #ended: ProcessOutcome | null = null;
  #cancelSilenceTimer: () => void = () => {};

  constructor(processFile: string, job: BrowserJob, served: ServedSource, clock: Clock) {
    this.#served = served;
    this.#clock = clock;
    this.#child = fork(processFile, {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    this.#exited = once(this.#child, 'exit').then(([code, signal]) => String(signal ?? code));
    this.#child.on('error', () => {});
    this.#child.on('message', (report: BrowserReport) => this.#reported(report));
    this.#watchSilence();
    this.send({ kind: 'run', job });
  }

  send(command: BrowserCommand): void {
    if (this.#child.connected) this.#child.send(command, () => {});
  }

  /** Resolves when the process has ended. */
  async outcome(): Promise<ProcessOutcome> {
    const exit = await this.#exited;
    this.#cancelSilenceTimer();
    return this.#ended ?? { kind: 'died', exit };
  }

  /** Kills the process with its browsers if it has not ended by itself. */
  async endWithin(ms: number): Promise<void> {
    const cancelTimer = this.#clock.after(ms, () => void this.#kill());
    await this.#exited;
    cancelTimer();
  }

  #reported(report: BrowserReport): void {
    this.#watchSilence();
    if (report.kind === 'call') void this.#serve(report.id, report.call);
    else if (report.kind === 'ended') {
      this.#ended = report;
      void this.endWithin(END_WITHIN_MS);
    }
  }

  async #serve(id: number, call: SourceCall): Promise<void> {
    try {
      this.send({ kind: 'reply', id, value: await this.#served.serve(call) });
    } catch (error) {
      this.send({ kind: 'refusal', id, message: error instanceof Error ? error.message : String(error) });
    }
  }

  #watchSilence(): void {
    this.#cancelSilenceTimer();
    this.#cancelSilenceTimer = this.#clock.after(MAX_SILENCE_MS, () => void this.#kill());
  }

  async #kill(): Promise<void> {
    const { pid } = this.#child;
    if (pid === undefined || this.#child.exitCode !== null) return;
    const below = await processTree(pid);
    killQuietly(pid);
    for (const browser of below ?? []) killQuietly(browser.pid);
  }
}
