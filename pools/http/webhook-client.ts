import { parseRetryAfter } from '../../src/core/net/status-failure.ts';
import type { WebhookClient, WebhookRequest, WebhookResponse } from '../../src/ports/webhook-client.ts';
import { networkFailure } from '../net/network-failure.ts';
import { Deadline } from './deadline.ts';
import type { HttpAgent } from './http-agent.ts';
import { headerOf } from './http-agent.ts';

const DEFAULT_TIMEOUT_MS = 10_000;
/** A body is read so far, so that the connection can be used again, and thrown away. */
const LONGEST_BODY_BYTES = 16_384;

/** Sends webhooks through an agent of their own, so that a slow receiver holds up no crawl. `timeoutMs`: default 10 s. */
export function createWebhookClient(agent: HttpAgent, timeoutMs = DEFAULT_TIMEOUT_MS): WebhookClient {
  return {
    send: async (request) => {
      const deadline = new Deadline(timeoutMs, request.signal);
      try {
        return await answerOf(agent, request, deadline.signal);
      } catch (error) {
        request.signal.throwIfAborted();
        const { reason, retryable } = networkFailure(error);
        return { kind: 'no-answer', reason, retryable };
      } finally {
        deadline.end();
      }
    },
  };
}

async function answerOf(
  agent: HttpAgent,
  { url, headers, body }: WebhookRequest,
  signal: AbortSignal,
): Promise<WebhookResponse> {
  const response = await agent.post(new URL(url), { headers, body, signal });
  // The status is the answer; whether the rest arrives makes no difference.
  await response.body.dump({ limit: LONGEST_BODY_BYTES, signal }).catch(() => {});
  const retryAt = parseRetryAfter(headerOf(response, 'retry-after'), Date.now());
  return { kind: 'status', status: response.statusCode, retryAt };
}
