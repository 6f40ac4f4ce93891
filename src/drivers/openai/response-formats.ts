/** `response_format` of a call; undefined: only the prompt describes the shape. */
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

/** Bad request, unsupported media type, unprocessable content: statuses for a parameter that the server does not support. */
const REFUSED: readonly unknown[] = [400, 415, 422];

/**
 * Finds the strictest format that a server supports. Servers with an older version of the API refuse the JSON schema, and some
 * refuse `response_format`: until a call has succeeded, a refused call is repeated with the next format.
 */
export class ResponseFormats {
  readonly #formats: readonly ResponseFormat[];
  #supported: { readonly format: ResponseFormat } | null = null;

  constructor(schema: object) {
    const named = { name: 'summaries', strict: true, schema: { ...schema } } as const;
    this.#formats = [{ type: 'json_schema', json_schema: named }, { type: 'json_object' }, undefined];
  }

  /** Rejects with the error of the call; with its first refusal if the server refuses every format. */
  async call<T>(send: (format: ResponseFormat) => Promise<T>): Promise<T> {
    if (this.#supported !== null) return send(this.#supported.format);
    const refusals: unknown[] = [];
    for (const format of this.#formats) {
      try {
        const response = await send(format);
        this.#supported ??= { format };
        return response;
      } catch (error) {
        if (!REFUSED.includes((error as { readonly status?: unknown } | null)?.status)) throw error;
        refusals.push(error);
      }
    }
    throw refusals[0];
  }
}
