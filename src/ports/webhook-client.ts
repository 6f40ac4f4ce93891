/** One request to a receiver. */
export interface WebhookRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly signal: AbortSignal;
}

/** The receiver's status, or why there is none. */
export type WebhookResponse =
  | {
      readonly kind: 'status';
      readonly status: number;
      /** Epoch ms of the receiver's `Retry-After`; null without one. */
      readonly retryAt: number | null;
    }
  /** `retryable`: the network failure may be temporary. */
  | { readonly kind: 'no-response'; readonly reason: string; readonly retryable: boolean };

/** Sends messages to URLs from callers: refuses private addresses, has a timeout, follows no redirects, reads no bodies. */
export interface WebhookClient {
  /** Rejects only when the signal is aborted. */
  send(request: WebhookRequest): Promise<WebhookResponse>;
}
