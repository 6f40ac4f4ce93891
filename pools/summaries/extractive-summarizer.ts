import { Piscina } from 'piscina';
import { SummaryError } from '../../src/core/summaries/summary-error.ts';
import { workerFile } from '../../src/core/worker-file.ts';
import type { Subject } from '../../src/model/summary.ts';
import type { Summarizer, SummaryResponse } from '../../src/ports/summarizer.ts';
import type { ExtractRequest } from './extract-worker.ts';

/** Part of `variant`: raise it when the rules of core/summaries/extract.ts change. */
const RULES_VERSION = 1;
const CALL_SIZE = { subjects: 64, tokens: 50_000 } as const;
const IDLE_MS = 10_000;
const HEAP_MB = 128;

/** Picks sentences on a thread of its own, which exists while there is work. Deterministic; needs no key. */
export class ExtractiveSummarizer implements Summarizer {
  readonly by = 'extractive';
  readonly variant = `extractive/${RULES_VERSION}`;
  readonly metered = false;
  readonly callSize = CALL_SIZE;
  readonly #thread: Piscina<ExtractRequest, readonly string[]>;

  constructor() {
    this.#thread = new Piscina({
      filename: workerFile('./extract-worker.ts', import.meta.url).href,
      minThreads: 0,
      maxThreads: 1,
      idleTimeout: IDLE_MS,
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
      recordTiming: false,
    });
    this.#thread.on('error', () => {});
  }

  async summarise(subjects: readonly Subject[], signal: AbortSignal): Promise<SummaryResponse> {
    const request = subjects.map(({ text, title, language }) => ({ text, title, language }));
    try {
      const texts = await this.#thread.run(request, { signal });
      return { texts: texts.map((text) => (text === '' ? null : text)), tokens: 0 };
    } catch (cause) {
      signal.throwIfAborted();
      throw new SummaryError('unusable', 'the thread that picks sentences failed', { cause });
    }
  }

  async close(): Promise<void> {
    await this.#thread.destroy();
  }
}
