/** What the `response_format` of a call may be; undefined: the shape is named in the prompt alone. */
export type ResponseFormat =
  | {
      readonly type: 'json_schema';
      readonly json_schema: {
        readonly name: string;
        readonly strict: true;
        readonly schema: Record<string, unknown>;
      };
    }
  | { readonly type: 'json_object' }
  | undefined;

/** Bad request, unsupported media type, unprocessable content: how servers refuse a parameter that they do not know. */
const REFUSED: readonly unknown[] = [400, 415, 422];

/**
 * Finds the strictest format that a server takes. Servers that speak an older dialect of the API refuse the JSON schema, some
 * `response_format` as such: until one call has succeeded, a refused one is made again with the next format.
 */
export class ResponseFormats {
  readonly #formats: readonly ResponseFormat[];
  #known: { readonly format: ResponseFormat } | null = null;

  constructor(schema: object) {
    const named = { name: 'summaries', strict: true, schema: { ...schema } } as const;
    this.#formats = [{ type: 'json_schema', json_schema: named }, { type: 'json_object' }, undefined];
  }

  /** Rejects as the call does, with the first of its refusals. */
  async call<T>(ask: (format: ResponseFormat) => Promise<T>): Promise<T> {
    if (this.#known !== null) return ask(this.#known.format);
    const refusals: unknown[] = [];
    for (const format of this.#formats) {
      try {
        const answer = await ask(format);
        this.#known ??= { format };
        return answer;
      } catch (error) {
        if (!REFUSED.includes((error as { readonly status?: unknown } | null)?.status)) throw error;
        refusals.push(error);
      }
    }
    throw refusals[0];
  }
}
