import { CallPacker, type PackEntry, packEntry, summaryKey } from '../../src/core/summaries/call-pack.ts';
import { ownSummary } from '../../src/core/summaries/summary-source.ts';
import type { Subject, SummarySpending, SummaryWrite } from '../../src/model/summary.ts';
import type { Summarizer } from '../../src/ports/summarizer.ts';
import type { SummaryStore } from '../../src/ports/summary-store.ts';
import type { SummaryResult } from './summary-worker.ts';

const NO_SPENDING = { made: 0, calls: 0, tokens: 0 } as const;

export interface SummaryQueueParts {
  readonly crawlId: string;
  readonly store: SummaryStore;
  readonly summarizer: Summarizer;
  /** Makes a call; waits while too many calls run. */
  readonly send: (pack: readonly PackEntry[]) => Promise<void>;
  /** Whether the model may be called now. */
  readonly isReady: () => boolean;
}

/**
 * Decides what each subject needs: its own text, because it is short or boilerplate; a cached summary of the same content;
 * or a place in a call, which equal texts share.
 */
export class SummaryQueue {
  readonly #parts: SummaryQueueParts;
  readonly #packer: CallPacker;
  /** Names of the subjects that are queued or given up: the graph lists them until they have a summary. */
  readonly #queued = new Set<string>();
  /** Entries without a result yet, by key. */
  readonly #pending = new Map<string, PackEntry>();

  constructor(parts: SummaryQueueParts) {
    this.#parts = parts;
    this.#packer = new CallPacker(parts.summarizer.callSize);
  }

  async add(subjects: readonly Subject[]): Promise<void> {
    const fresh = subjects.filter((subject) => !this.#queued.has(nameOf(subject)));
    const own = fresh.map((subject) => ({ subject, text: ownSummary(subject) }));
    const ready = own.flatMap(({ subject, text }) => (text === null ? [] : [writeOf(subject, text, null)]));
    await this.#save(ready, { ...NO_SPENDING, made: ready.length });
    const open = own.filter(({ text }) => text === null).map(({ subject }) => subject);
    for (const entry of await this.#withoutCached(open)) {
      if (this.#parts.isReady()) await this.#enqueue(entry);
    }
  }

  /** Makes a call for the waiting entries, however few they are. */
  async flush(): Promise<void> {
    const pack = this.#packer.flush();
    if (pack !== null) await this.#parts.send(pack);
  }

  /** Lets subjects that were given up be queued again. Call this when no call runs. */
  reset(): void {
    this.#queued.clear();
    this.#pending.clear();
  }

  /** Stores the results of a call, and what the call has used. */
  async saveResults(
    results: readonly SummaryResult[],
    used: { readonly calls: number; readonly tokens: number },
  ): Promise<void> {
    const { metered } = this.#parts.summarizer;
    const writes = results.flatMap(({ entry: { subject, twins, key }, text }) =>
      [subject.id, ...twins].map((id) => writeOf({ ...subject, id }, text, metered ? key : null)),
    );
    await this.#save(writes, { ...used, made: results.length });
    for (const { entry } of results) this.#forget(entry);
  }

  /** These entries get no summary in this run. */
  giveUp(entries: readonly PackEntry[]): void {
    for (const { key } of entries) this.#pending.delete(key);
  }

  /** Stores the cached summaries, and returns the entries that have none. */
  async #withoutCached(subjects: readonly Subject[]): Promise<readonly PackEntry[]> {
    const { store, summarizer } = this.#parts;
    const entries = subjects.map((subject) => packEntry(subject, summaryKey(summarizer.variant, subject)));
    if (!summarizer.metered || entries.length === 0) return entries;
    const cached = await store.cachedSummaries(entries.map(({ key }) => key));
    const writes = entries.flatMap(({ subject, key }) => {
      const text = cached.get(key);
      return text === undefined ? [] : [writeOf(subject, text, key)];
    });
    await this.#save(writes, NO_SPENDING);
    return entries.filter(({ key }) => !cached.has(key));
  }

  async #enqueue(entry: PackEntry): Promise<void> {
    const { subject, key } = entry;
    const twin = this.#pending.get(key);
    this.#queued.add(nameOf(subject));
    if (twin !== undefined) {
      twin.twins.push(subject.id);
      return;
    }
    this.#pending.set(key, entry);
    const pack = this.#packer.add(entry);
    if (pack !== null) await this.#parts.send(pack);
  }

  #forget({ subject, twins, key }: PackEntry): void {
    this.#pending.delete(key);
    for (const id of [subject.id, ...twins]) this.#queued.delete(nameOf({ ...subject, id }));
  }

  async #save(writes: readonly SummaryWrite[], spending: SummarySpending): Promise<void> {
    if (writes.length === 0 && spending.calls === 0) return;
    const { store, crawlId, summarizer } = this.#parts;
    await store.saveSummaries(crawlId, { variant: summarizer.variant, writes, spending });
  }
}

function nameOf({ level, id }: Pick<Subject, 'level' | 'id'>): string {
  return `${level} ${id}`;
}

function writeOf({ level, id }: Subject, text: string, key: string | null): SummaryWrite {
  return { level, id, text: text === '' ? null : text, key };
}
