import { type ChildProcess, fork } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf } from '../../src/core/errors.ts';
import { PageError, pageFailure } from '../../src/core/ledger/page-error.ts';
import type { Claim } from '../../src/model/frontier-url.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { Fetcher, PageSink, PageSource } from '../../src/ports/fetcher.ts';
import type { Logger } from '../../src/ports/logger.ts';
import type { BrowserCommand, BrowserJob, BrowserReport, SourceCall } from './process-messages.ts';
import { deleteProfiles, killQuietly, processTree } from './process-tree.ts';

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
/**
 * Time between two checks for a sign of life, in milliseconds. A process that three checks in a row find silent is
 * killed. One check alone says nothing: this process may have been too busy itself to read the messages.
 */
const SILENCE_CHECK_MS = 10_000;
const MAX_SILENT_CHECKS = 3;
/** How long a process may take to end its browsers, in milliseconds. */
const END_WITHIN_MS = 10_000;
/** Pause before the next process after one that died, doubled with each death in a row, in milliseconds. */
const FIRST_PAUSE_MS = 250;
const MAX_PAUSE_MS = 15_000;

/** Processes in a row that died before they took a page, after which the crawl fails. */
const MAX_FAILED_STARTS = 8;

/**
 * Visits pages in browsers that belong to a process of their own, so that nothing a page does to its browser or the
 * browser's driver can end the service. When that process dies, the pages that were open in it fail as `crash`, which
 * costs each of them one attempt, and the next process goes on with the crawl.
 */
export class ProcessFetcher implements Fetcher {
  readonly #options: ProcessFetcherOptions;
  readonly #aborted = Promise.withResolvers<void>();
  #process: BrowserProcess | null = null;
  #endPause: () => void = () => {};
  #stopped: 'drain' | 'abort' | null = null;

  constructor(options: ProcessFetcherOptions) {
    this.#options = Object.freeze({ ...options });
  }

  /** Rejects with the error of the source or sink that ended the run, or if no process comes to take a page. */
  async run(source: PageSource, sink: PageSink): Promise<void> {
    let deaths = 0;
    let failedStarts = 0;
    while (this.#stopped === null) {
      const served = new ServedSource(source, sink);
      const outcome = await this.#runProcess(served);
      if (outcome.kind === 'ended') {
        if (outcome.error !== null && this.#stopped === null) throw served.errorFor(outcome.error);
        return;
      }
      await Promise.race([served.settled(), this.#aborted.promise]);
      await this.#failOpenPages(served, outcome.exit, sink);
      deaths = served.finished > 0 ? 1 : deaths + 1;
      failedStarts = served.hasTakenPages ? 0 : failedStarts + 1;
      if (failedStarts === MAX_FAILED_STARTS) throw neverStarted(outcome.exit);
      await this.#pause(Math.min(FIRST_PAUSE_MS * 2 ** deaths, MAX_PAUSE_MS));
    }
  }

  wake(): void {
    this.#process?.send({ kind: 'wake' });
  }

  async stop(how: 'drain' | 'abort'): Promise<void> {
    if (this.#stopped !== 'abort') this.#stopped = how;
    if (how === 'abort') this.#aborted.resolve();
    this.#endPause();
    this.#process?.send({ kind: 'stop', how });
    if (how === 'abort') await this.#process?.endWithin(END_WITHIN_MS);
  }

  async #runProcess(served: ServedSource): Promise<ProcessOutcome> {
    const { job, processFile, tempDir, clock, log } = this.#options;
    const profileDir = await mkdtemp(join(tempDir, PROFILE_PREFIX));
    try {
      if (this.#stopped !== null) return { kind: 'ended', error: null };
      this.#process = new BrowserProcess(processFile, { ...job, profileDir }, served, clock);
      return await this.#process.outcome();
    } finally {
      this.#process = null;
      await deleteProfiles(profileDir).catch((error: unknown) =>
        log.warn('the profiles of a browser could not be deleted', {
          folder: profileDir,
          error: messageOf(error),
        }),
      );
    }
  }

  /** A run that is stopped releases them instead. */
  async #failOpenPages(served: ServedSource, exit: string, sink: PageSink): Promise<void> {
    const { open } = served;
    this.#options.log.warn('a browser process died; the pages that were open in it are retried', {
      exit,
      pages: open.length,
    });
    const error = new PageError('crash', 'The process of the browser died during the visit', {
      retryable: true,
    });
    for (const claim of open) {
      if (this.#stopped === null) await sink.failed(pageFailure(claim, error));
    }
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

function neverStarted(exit: string): Error {
  return new Error(
    `The browser process died ${MAX_FAILED_STARTS} times in a row before it took a page (exit: ${exit}). ` +
      'Check that the machine has memory and disk space left, then crawl again',
  );
}

/** Source and sink of a crawl as one browser process calls them, and the pages that are open in it. */
class ServedSource {
  readonly #source: PageSource;
  readonly #sink: PageSink;
  readonly #open = new Map<string, Claim>();
  readonly #calls = new Set<Promise<unknown>>();
  #finished = 0;
  #lastError: unknown = null;

  constructor(source: PageSource, sink: PageSink) {
    this.#source = source;
    this.#sink = sink;
  }

  /** Claims that the process has taken and the sink has no result of. */
  get open(): readonly Claim[] {
    return [...this.#open.values()];
  }

  /** Pages whose result the sink has accepted. */
  get finished(): number {
    return this.#finished;
  }

  get hasTakenPages(): boolean {
    return this.#finished > 0 || this.#open.size > 0;
  }

  async serve(call: SourceCall): Promise<unknown> {
    const value = this.#call(call);
    this.#calls.add(value);
    try {
      return await value;
    } catch (error) {
      this.#lastError = error;
      throw error;
    } finally {
      this.#calls.delete(value);
    }
  }

  /** Resolves when every call has ended. A call can hand out a page or accept one after its process has died. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#calls);
  }

  /** The error of the source or sink that the process reports: a message alone carries no code. */
  errorFor(message: string): unknown {
    const isReported = this.#lastError !== null && message.includes(messageOf(this.#lastError));
    return isReported ? this.#lastError : new Error(message);
  }

  async #call(call: SourceCall): Promise<unknown> {
    switch (call.method) {
      case 'next': {
        const claim = await this.#source.next();
        if (claim !== null) this.#open.set(claim.lease, claim);
        return claim;
      }
      case 'isEmpty':
        return this.#source.isEmpty();
      case 'isFinished':
        return this.#source.isFinished();
      case 'mayRequest':
        return this.#source.mayRequest(call.url);
      case 'fetched':
        return this.#finish(call.page.claim, this.#sink.fetched(call.page));
      case 'failed':
        return this.#finish(call.failure.claim, this.#sink.failed(call.failure));
    }
  }

  async #finish(claim: Claim, accepted: Promise<void>): Promise<void> {
    await accepted;
    this.#open.delete(claim.lease);
    this.#finished += 1;
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
  #silentChecks = 0;
  #cancelSilenceTimer: () => void = () => {};

  constructor(processFile: string, job: BrowserJob, served: ServedSource, clock: Clock) {
    this.#served = served;
    this.#clock = clock;
    this.#child = fork(processFile, {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      // Ctrl-C in a terminal is for the main process: Crawlee would end its run, as if the crawl were finished.
      detached: true,
    });
    this.#exited = exitOf(this.#child);
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
    this.#silentChecks = 0;
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
      this.send({ kind: 'refusal', id, message: messageOf(error) });
    }
  }

  #watchSilence(): void {
    this.#cancelSilenceTimer = this.#clock.after(SILENCE_CHECK_MS, () => {
      this.#silentChecks += 1;
      if (this.#silentChecks >= MAX_SILENT_CHECKS) void this.#kill();
      else this.#watchSilence();
    });
  }

  async #kill(): Promise<void> {
    const { pid } = this.#child;
    if (pid === undefined || this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const below = await processTree(pid);
    this.#child.kill('SIGKILL');
    for (const browser of below ?? []) killQuietly(browser.pid);
  }
}

/**
 * Resolves when the process has ended and its last message has arrived, which can be after its exit. A process that
 * cannot be started has ended too.
 */
function exitOf(child: ChildProcess): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  child.once('close', (code, signal) => resolve(String(signal ?? code)));
  child.on('error', (error) => {
    if (child.pid === undefined) resolve(error.message);
  });
  return promise;
}
