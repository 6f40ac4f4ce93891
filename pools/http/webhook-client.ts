import { parseRetryAfter } from '../../src/core/net/status-failure.ts';
import type { WebhookClient, WebhookRequest, WebhookResponse } from '../../src/ports/webhook-client.ts';
import { networkFailure } from '../net/network-failure.ts';
import type { HttpAgent } from './http-agent.ts';
import { headerOf } from './http-agent.ts';

const DEFAULT_TIMEOUT_MS = 10_000;
/** Bytes of a body that are read and dropped, so that the connection can be reused. */
const MAX_DUMPED_BYTES = 16_384;

/** Sends webhooks through an agent of their own, so that a slow receiver delays no crawl. `timeoutMs`: default 10 s. */
export function createWebhookClient(agent: HttpAgent, timeoutMs = DEFAULT_TIMEOUT_MS): WebhookClient {
  return {
    send: async (request) => {
      using deadline = agent.deadline(timeoutMs, request.signal);
      try {
        return await send(agent, request, deadline.signal);
      } catch (error) {
        request.signal.throwIfAborted();
        const { reason, retryable } = networkFailure(error);
        return { kind: 'no-response', reason, retryable };
      }
    },
  };
}

async function send(
  agent: HttpAgent,
  { url, headers, body }: WebhookRequest,
  signal: AbortSignal,
): Promise<WebhookResponse> {
  const response = await agent.post(new URL(url), { headers, body, signal });
  // The status is the result, whether or not the body arrives.
  await response.body.dump({ limit: MAX_DUMPED_BYTES, signal }).catch(() => {});
  const retryAt = parseRetryAfter(headerOf(response, 'retry-after'), agent.clock.now());
  return { kind: 'status', status: response.statusCode, retryAt };
}
