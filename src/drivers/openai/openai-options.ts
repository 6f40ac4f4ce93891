/** How to reach a model, and how to ask it. */
export interface OpenAiOptions {
  readonly apiKey: string;
  /** Root of an OpenAI-compatible API, e.g. `http://127.0.0.1:11434/v1`; null: OpenAI's own. */
  readonly baseUrl: string | null;
  readonly model: string;
  /** Null: the model's own. */
  readonly temperature: number | null;
  /** BCP 47 tag of all summaries; null: each in the language of its text. */
  readonly language: string | null;
  /** Milliseconds that one call may take. */
  readonly timeoutMs: number;
}
