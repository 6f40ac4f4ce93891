import { ChatOpenAI } from '@langchain/openai';
import { SummaryError } from '../../core/summaries/summary-error.ts';
import { ResponseFormats } from './response-formats.ts';

/** A model behind an OpenAI-compatible API. */
export interface OpenAiOptions {
  readonly apiKey: string;
  /** Root of an OpenAI-compatible API, e.g. `http://127.0.0.1:11434/v1`; null: OpenAI's own. */
  readonly baseUrl: string | null;
  readonly model: string;
  /** Null: the default of the model. */
  readonly temperature: number | null;
  /** BCP 47 tag of all summaries; null: each in the language of its text. */
  readonly language: string | null;
  /** Timeout of one call, in milliseconds. */
  readonly timeoutMs: number;
}

/** Response of one call. */
export interface Reply {
  readonly content: string;
  /** `stop` for a complete response; otherwise `length`, `refusal`, `content_filter`, … */
  readonly finish: string;
  /** Tokens as the server counts them; 0 if it does not count. */
  readonly tokens: number;
}

export type CallModel = (instructions: string, data: string, signal: AbortSignal) => Promise<Reply>;

/** Maximum tokens of a response: far more than the longest good one, for models that reason before they write. */
const MAX_RESPONSE_TOKENS = 8000;

/** A chat model that responds with JSON of the given schema. Retries nothing, except with another response format. */
export function chatModel(options: OpenAiOptions, schema: object): CallModel {
  const { apiKey, baseUrl, model, temperature } = options;
  const chat = new ChatOpenAI({
    model,
    apiKey,
    maxRetries: 0,
    maxTokens: MAX_RESPONSE_TOKENS,
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

/** Maximum bytes of a decompressed response: a good one has about ten thousand. */
const MAX_BYTES = 2 * 1024 * 1024;

/** A `fetch` that follows no redirect, which could send the key to another server, and that limits the size of responses. */
async function boundedFetch(url: string | URL | Request, init?: RequestInit): Promise<Response> {
  const response = await fetch(url, { ...init, redirect: 'error' });
  if (response.body === null) return response;
  const { status, statusText, headers } = response;
  return new Response(response.body.pipeThrough(limitedTo(MAX_BYTES)), { status, statusText, headers });
}

function limitedTo(maxBytes: number): TransformStream<Uint8Array, Uint8Array> {
  let taken = 0;
  return new TransformStream({
    transform(chunk, controller) {
      taken += chunk.byteLength;
      if (taken > maxBytes)
        controller.error(new SummaryError('unusable', `the answer has more than ${maxBytes} bytes`));
      else controller.enqueue(chunk);
    },
  });
}
