import type { Subject } from '../../model/summary.ts';
import type { CallSize } from '../../ports/summarizer.ts';
import { derivedId } from '../derived-id.ts';

/** Subjects with the same content, which share one summary. */
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

/** Collects subjects until a call is full. */
export class CallPacker {
  readonly #size: CallSize;
  #entries: PackEntry[] = [];
  #tokens = 0;

  constructor(size: CallSize) {
    this.#size = size;
  }

  /** Returns the entries of a call that is full now; null while there is room. */
  add(entry: PackEntry): readonly PackEntry[] | null {
    const full =
      this.#entries.length > 0 && this.#tokens + entry.tokens > this.#size.tokens ? this.flush() : null;
    this.#entries.push(entry);
    this.#tokens += entry.tokens;
    return full ?? (this.#entries.length >= this.#size.subjects ? this.flush() : null);
  }

  /** Returns the waiting entries; null if there are none. */
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

const BEYOND_ASCII = /[^\p{ASCII}]/gu;

/**
 * Tokens of a text, more or less: a token is about four characters of English, and about one syllable of Korean or
 * one Chinese character.
 */
export function estimateTokens(text: string): number {
  const beyond = text.match(BEYOND_ASCII)?.length ?? 0;
  return Math.ceil((text.length - beyond) / 4 + beyond);
}

/** Cache key of a summary: a hash of the text and of everything else that the summary depends on. */
export function summaryKey(variant: string, { level, title, text }: Subject): string {
  return derivedId(JSON.stringify([variant, level, title, text]));
}
