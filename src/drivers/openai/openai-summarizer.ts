import { estimateTokens } from '../../core/summaries/call-pack.ts';
import {
  ANSWER_SCHEMA,
  dataMessage,
  PROMPT_VERSION,
  parseModelResponse,
  systemPrompt,
} from '../../core/summaries/model-messages.ts';
import { SummaryError } from '../../core/summaries/summary-error.ts';
import type { Subject } from '../../model/summary.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Summarizer, SummaryResponse } from '../../ports/summarizer.ts';
import { callFailure } from './call-failure.ts';
import type { Ask, Reply } from './chat-model.ts';
import type { OpenAiOptions } from './openai-options.ts';

const CALL_SIZE = { subjects: 30, tokens: 6000 } as const;

/**
 * Summaries by a model behind an OpenAI-compatible API. The client library is loaded with the first call, so that a
 * service that summarises nothing pays nothing for it. Makes one try: who calls it decides about further ones.
 */
export class OpenAiSummarizer implements Summarizer {
  readonly by: string;
  readonly variant: string;
  readonly metered = true;
  readonly callSize = CALL_SIZE;
  readonly #options: OpenAiOptions;
  readonly #clock: Clock;
  readonly #closed = new AbortController();
  #ask: Promise<Ask> | null = null;

  constructor(options: OpenAiOptions, clock: Clock) {
    this.#options = Object.freeze({ ...options });
    this.#clock = clock;
    this.by = options.model;
    const { model, temperature, language } = options;
    this.variant = JSON.stringify([model, temperature, language, PROMPT_VERSION]);
  }

  async summarise(subjects: readonly Subject[], signal: AbortSignal): Promise<SummaryResponse> {
    const reply = await this.#reply(subjects, signal);
    if (reply.finish !== 'stop') throw unusable(`the answer ended with ${reply.finish}`, reply);
    const texts = parseModelResponse(reply.content, subjects.length);
    return { texts, tokens: reply.tokens };
  }

  async close(): Promise<void> {
    this.#closed.abort();
  }

  async #reply(subjects: readonly Subject[], signal: AbortSignal): Promise<Reply> {
    const instructions = systemPrompt(this.#options.language);
    const data = dataMessage(subjects);
    const limit = AbortSignal.timeout(this.#options.timeoutMs);
    try {
      const ask = await this.#model();
      const reply = await ask(instructions, data, AbortSignal.any([signal, limit, this.#closed.signal]));
      return reply.tokens > 0
        ? reply
        : { ...reply, tokens: estimateTokens(instructions + data + reply.content) };
    } catch (error) {
      signal.throwIfAborted();
      throw callFailure(error, limit.aborted, this.#clock.now());
    }
  }

  #model(): Promise<Ask> {
    this.#ask ??= import('./chat-model.ts').then(({ chatModel }) => chatModel(this.#options, ANSWER_SCHEMA));
    return this.#ask;
  }
}

function unusable(message: string, { tokens }: Reply): SummaryError {
  return new SummaryError('unusable', message, { tokens });
}
