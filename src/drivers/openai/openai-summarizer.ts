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
import type { CallModel, OpenAiOptions, Reply } from './chat-model.ts';

const CALL_SIZE = { subjects: 30, tokens: 6000 } as const;

/**
 * Summaries by a model behind an OpenAI-compatible API. The first call loads the client library, so a service without
 * summaries does not load it. Makes one attempt per call: the caller retries.
 */
export class OpenAiSummarizer implements Summarizer {
  readonly by: string;
  readonly variant: string;
  readonly metered = true;
  readonly callSize = CALL_SIZE;
  readonly #options: OpenAiOptions;
  readonly #clock: Clock;
  readonly #closed = new AbortController();
  #model: Promise<CallModel> | null = null;

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
      const call = await this.#loadModel();
      const reply = await call(instructions, data, AbortSignal.any([signal, limit, this.#closed.signal]));
      return reply.tokens > 0
        ? reply
        : { ...reply, tokens: estimateTokens(instructions + data + reply.content) };
    } catch (error) {
      signal.throwIfAborted();
      throw callFailure(error, limit.aborted, this.#clock.now());
    }
  }

  #loadModel(): Promise<CallModel> {
    this.#model ??= import('./chat-model.ts').then(({ chatModel }) =>
      chatModel(this.#options, ANSWER_SCHEMA),
    );
    return this.#model;
  }
}

function unusable(message: string, { tokens }: Reply): SummaryError {
  return new SummaryError('unusable', message, { tokens });
}
