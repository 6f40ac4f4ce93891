/** One request to a receiver. */
export interface WebhookRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly signal: AbortSignal;
}

/** What became of it: the receiver's status, or why there was none. */
export type WebhookResponse =
  | {
      readonly kind: 'status';
      readonly status: number;
      /** Epoch ms before which the receiver asked not to be called again. */
      readonly retryAt: number | null;
    }
  /** `retryable`: the network failed in a way that may pass. */
  | { readonly kind: 'no-answer'; readonly reason: string; readonly retryable: boolean };

/** Sends messages to addresses that callers chose: guarded, bounded in time, redirects not followed, bodies not read. */
export interface WebhookClient {
  /** Rejects only when the signal is aborted. */
  send(request: WebhookRequest): Promise<WebhookResponse>;
}
