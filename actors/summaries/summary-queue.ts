import { CallPacker, type PackEntry, packEntry, summaryKey } from '../../src/core/summaries/call-pack.ts';
import { ownSummary } from '../../src/core/summaries/summary-source.ts';
import type { Subject, SummarySpending, SummaryWrite } from '../../src/model/summary.ts';
import type { Summarizer } from '../../src/ports/summarizer.ts';
import type { SummaryStore } from '../../src/ports/summary-store.ts';
import type { SummaryResult } from './summary-worker.ts';

const NOTHING = { made: 0, calls: 0, tokens: 0 } as const;

export interface SummaryQueueParts {
  readonly crawlId: string;
  readonly store: SummaryStore;
  readonly summarizer: Summarizer;
  /** Has a call made; waits while too many are open. */
  readonly send: (pack: readonly PackEntry[]) => Promise<void>;
  /** Whether asking makes sense now. */
  readonly isReady: () => boolean;
}

/**
 * Decides what each subject needs: nothing, because it is short or boilerplate; a summary that is remembered for its
 * content; or a place in a call, where equal texts share one.
 */
export class SummaryQueue {
  readonly #parts: SummaryQueueParts;
  readonly #packer: CallPacker;
  /** Names of what was asked for or given up: the graph lists it until it has a summary. */
  readonly #taken = new Set<string>();
  /** Waiting or asked for, by key. */
  readonly #open = new Map<string, PackEntry>();

  constructor(parts: SummaryQueueParts) {
    this.#parts = parts;
    this.#packer = new CallPacker(parts.summarizer.callSize);
  }

  async take(subjects: readonly Subject[]): Promise<void> {
    const fresh = subjects.filter((subject) => !this.#taken.has(nameOf(subject)));
    const own = fresh.map((subject) => ({ subject, text: ownSummary(subject) }));
    const ready = own.flatMap(({ subject, text }) => (text === null ? [] : [writeOf(subject, text, null)]));
    await this.#save(ready, { ...NOTHING, made: ready.length });
    const open = own.filter(({ text }) => text === null).map(({ subject }) => subject);
    for (const entry of await this.#withoutRemembered(open)) {
      if (this.#parts.isReady()) await this.#ask(entry);
    }
  }

  /** Has a call made for what waits, however little it is. */
  async flush(): Promise<void> {
    const pack = this.#packer.flush();
    if (pack !== null) await this.#parts.send(pack);
  }

  /** What was given up may be asked for again. To be called when no call is open. */
  forgive(): void {
    this.#taken.clear();
    this.#open.clear();
  }

  /** Stores what came of a call, and what the call has used. */
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

  /** There will be no summaries of these for now. */
  leave(entries: readonly PackEntry[]): void {
    for (const { key } of entries) this.#open.delete(key);
  }

  /** Texts that a model has summarised before need no call. */
  async #withoutRemembered(subjects: readonly Subject[]): Promise<readonly PackEntry[]> {
    const { store, summarizer } = this.#parts;
    const entries = subjects.map((subject) => packEntry(subject, summaryKey(summarizer.variant, subject)));
    if (!summarizer.metered || entries.length === 0) return entries;
    const known = await store.cachedSummaries(entries.map(({ key }) => key));
    const writes = entries.flatMap(({ subject, key }) => {
      const text = known.get(key);
      return text === undefined ? [] : [writeOf(subject, text, key)];
    });
    await this.#save(writes, NOTHING);
    return entries.filter(({ key }) => !known.has(key));
  }

  async #ask(entry: PackEntry): Promise<void> {
    const { subject, key } = entry;
    const twin = this.#open.get(key);
    this.#taken.add(nameOf(subject));
    if (twin !== undefined) {
      twin.twins.push(subject.id);
      return;
    }
    this.#open.set(key, entry);
    const pack = this.#packer.add(entry);
    if (pack !== null) await this.#parts.send(pack);
  }

  #forget({ subject, twins, key }: PackEntry): void {
    this.#open.delete(key);
    for (const id of [subject.id, ...twins]) this.#taken.delete(nameOf({ ...subject, id }));
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
