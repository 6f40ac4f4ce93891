import { createHmac } from 'node:crypto';
import type { TaskRecord } from '../../model/task.ts';
import type { TaskResult } from '../../model/task-result.ts';
import type { WebhookEvent } from '../../model/webhook.ts';
import { USER_AGENT } from '../net/user-agent.ts';
import type { WebhookDraft } from './webhook-draft.ts';

/** A message as it is sent. Its id stays the same however often it is sent; receivers drop repeats by it. */
export interface WebhookMessage {
  readonly id: string;
  readonly type: WebhookEvent;
  /** JSON: `{ id, type, task_id, at, data }`. */
  readonly body: string;
}

/** The message about events of a task. */
export function eventMessage(task: TaskRecord, { type, events, gap, until }: WebhookDraft): WebhookMessage {
  const at = events.at(-1)?.at ?? task.createdAt;
  const data =
    type === 'page'
      ? { pages: events.map((event) => ({ ...event.data, at: timeOf(event.at) })), gap }
      : { status: 'in_progress', url: task.spec.options.url };
  return message(task.id, until, type, at, data);
}

/**
 * The message that reports how a task ended: `completed`, or `failed` for one that failed or was cancelled.
 *
 * @param resultBody the result in the names of the API, without the pages of a paginated list: those can be many and are read from the task.
 */
export function endMessage(
  task: TaskRecord,
  resultBody: (result: TaskResult) => Readonly<Record<string, unknown>>,
): WebhookMessage {
  const { status, counts, spec, error, result } = task;
  const at = task.finishedAt ?? task.createdAt;
  const about = { status, url: spec.options.url, counts };
  if (status !== 'completed') return message(task.id, `end_${at}`, 'failed', at, { ...about, error });
  const body = result === null ? {} : resultBody(result);
  return message(task.id, `end_${at}`, 'completed', at, { ...about, result: body });
}

/**
 * The headers of a message: Standard Webhooks 1.0.0, signed by HMAC-SHA256 over id, timestamp and body.
 *
 * @param secret null for a message without signature.
 * @param now epoch ms of this try.
 */
export function webhookHeaders(
  { id, body }: WebhookMessage,
  secret: string | null,
  now: number,
): Readonly<Record<string, string>> {
  const timestamp = String(Math.floor(now / 1000));
  const headers = {
    'content-type': 'application/json',
    'user-agent': USER_AGENT,
    'webhook-id': id,
    'webhook-timestamp': timestamp,
  };
  if (secret === null) return headers;
  const signature = createHmac('sha256', webhookKey(secret))
    .update(`${id}.${timestamp}.${body}`)
    .digest('base64');
  return { ...headers, 'webhook-signature': `v1,${signature}` };
}

function message(
  taskId: string,
  mark: string,
  type: WebhookEvent,
  at: number,
  data: Readonly<Record<string, unknown>>,
): WebhookMessage {
  const id = `msg_${taskId}_${mark}`;
  return { id, type, body: JSON.stringify({ id, type, task_id: taskId, at: timeOf(at), data }) };
}

function timeOf(ms: number): string {
  return new Date(ms).toISOString();
}

const SECRET_PREFIX = 'whsec_';

/** A symmetric secret as Standard Webhooks 1.0.0 writes it: `whsec_` and 24 to 64 bytes in base64, padding optional. */
export const WEBHOOK_SECRET = /^whsec_[A-Za-z0-9+/]{32,86}={0,2}$/;

/** The key in a secret that matches `WEBHOOK_SECRET`. */
function webhookKey(secret: string): Uint8Array {
  return Buffer.from(secret.slice(SECRET_PREFIX.length), 'base64');
}
