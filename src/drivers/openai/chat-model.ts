import { ChatOpenAI } from '@langchain/openai';
import { boundedFetch } from './bounded-fetch.ts';
import type { OpenAiOptions } from './openai-options.ts';
import { ResponseFormats } from './response-formats.ts';

/** What came back from one call. */
export interface Reply {
  readonly content: string;
  /** `stop` if the answer is whole; `length`, `refusal`, `content_filter`, … if it is not. */
  readonly finish: string;
  /** As the server counted; 0 if it did not. */
  readonly tokens: number;
}

export type Ask = (instructions: string, data: string, signal: AbortSignal) => Promise<Reply>;

/** Tokens that an answer may have: far more than the longest right one, for models that think before they write. */
const ANSWER_TOKENS = 8000;

/** A chat model that answers in JSON of the given schema. Never tries twice, but for the format that its server takes. */
export function chatModel(options: OpenAiOptions, schema: object): Ask {
  const { apiKey, baseUrl, model, temperature } = options;
  const chat = new ChatOpenAI({
    model,
    apiKey,
    maxRetries: 0,
    maxTokens: ANSWER_TOKENS,
    useResponsesApi: false,
    ...(temperature === null ? {} : { temperature }),
    configuration: { fetch: boundedFetch, ...(baseUrl === null ? {} : { baseURL: baseUrl }) },
  });
  const formats = new ResponseFormats(schema);
  return async (instructions, data, signal) => {
    const messages = [
      { role: 'system', content: instructions },
      { role: 'user', content: data },
    ];
    const message = await formats.call((format) =>
      chat.invoke(messages, format === undefined ? { signal } : { response_format: format, signal }),
    );
    const { finish_reason: finish } = message.response_metadata;
    return {
      content: message.text,
      finish: typeof finish === 'string' ? finish : 'stop',
      tokens: tokensOf(message.usage_metadata),
    };
  };
}

function tokensOf(usage: unknown): number {
  const { total_tokens: total } = (usage ?? {}) as { readonly total_tokens?: unknown };
  return typeof total === 'number' && total > 0 ? total : 0;
}
