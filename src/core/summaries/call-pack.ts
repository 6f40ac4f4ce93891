import type { Subject } from '../../model/summary.ts';
import type { CallSize } from '../../ports/summarizer.ts';
import { estimateTokens } from './token-estimate.ts';

/** Subjects with the same content: one answer serves them all. */
export interface PackEntry {
  readonly subject: Subject;
  /** Of the content; see `summaryKey`. */
  readonly key: string;
  /** Ids of other subjects with this content that came while it waited. */
  readonly twins: string[];
  readonly tokens: number;
  /** Has its summary, or was given up. */
  settled: boolean;
}

/** Gathers subjects until a call is full. */
export class CallPacker {
  readonly #size: CallSize;
  #entries: PackEntry[] = [];
  #tokens = 0;

  constructor(size: CallSize) {
    this.#size = size;
  }

  /** Answers the entries of a call that is full now; null while there is room. */
  add(entry: PackEntry): readonly PackEntry[] | null {
    const full =
      this.#entries.length > 0 && this.#tokens + entry.tokens > this.#size.tokens ? this.flush() : null;
    this.#entries.push(entry);
    this.#tokens += entry.tokens;
    return full ?? (this.#entries.length >= this.#size.subjects ? this.flush() : null);
  }

  /** What waits, however little it is; null if nothing does. */
  flush(): readonly PackEntry[] | null {
    const entries = this.#entries;
    this.#entries = [];
    this.#tokens = 0;
    return entries.length === 0 ? null : entries;
  }
}

export function packEntry(subject: Subject, key: string): PackEntry {
  const tokens = estimateTokens(subject.title) + estimateTokens(subject.text);
  return { subject, key, twins: [], tokens, settled: false };
}
