import { z } from '@hono/zod-openapi';
import { WEBHOOK_SECRET } from '../../core/webhooks/webhook-message.ts';
import type { WebhookSpec, WebhookStatus } from '../../model/webhook.ts';
import { callerUrl, checkCallerUrl } from '../crawl/caller-url.ts';

const EVENTS = ['started', 'page', 'completed', 'failed'] as const;

const WebhookEventSchema = z.enum(EVENTS).openapi('WebhookEvent');

/** The webhook of a request that starts a task. Accepted in the body only. */
export const webhookField = z
  .strictObject({
    url: z.string().openapi({ description: 'Receives the events by POST; http:// or https://.' }),
    secret: z
      .string()
      .regex(WEBHOOK_SECRET, 'must be whsec_ and 24 to 64 random bytes in base64')
      .optional()
      .openapi({ description: 'Signs the messages. No response ever contains it.' }),
    events: z
      .array(WebhookEventSchema)
      .min(1)
      .max(EVENTS.length)
      .default(['started', 'completed', 'failed'])
      .openapi({ description: '`page` reports every visited page, up to 100 in a message.' }),
  })
  .openapi('Webhook')
  .optional();

/**
 * Converts the webhook of a request to a part of a task's spec.
 *
 * @throws {WaymarkError} `bad-url`, `unsupported-scheme`, `address-refused`.
 */
export function webhookSpec(
  webhook: z.infer<typeof webhookField>,
  checkUrl: (url: string) => void,
): { readonly webhook?: WebhookSpec } {
  if (webhook === undefined) return {};
  const { href } = callerUrl(webhook.url, 'webhook.url');
  checkCallerUrl(href, checkUrl, 'webhook.url');
  return { webhook: { url: href, secret: webhook.secret ?? null, events: [...new Set(webhook.events)] } };
}

export const WebhookViewSchema = z
  .object({
    url: z.string(),
    events: z.array(WebhookEventSchema),
    has_secret: z.boolean(),
  })
  .openapi('WebhookOfTask');

export const DeliveriesSchema = z
  .object({
    delivered: z.int().openapi({ description: 'Messages that the receiver accepted.' }),
    dropped: z.int().openapi({ description: 'Messages dropped after the last attempt.' }),
    failures: z.int().openapi({ description: 'Failed attempts in a row.' }),
    last_error: z
      .string()
      .nullable()
      .openapi({ description: 'Why the last attempt failed.', example: 'status 503' }),
    ended: z
      .boolean()
      .openapi({ description: 'Whether all messages of the task have been sent or dropped.' }),
  })
  .openapi('WebhookDeliveries');

/** Converts a webhook to its API format, without its secret. */
export function webhookView({ url, events, secret }: WebhookSpec): z.infer<typeof WebhookViewSchema> {
  return { url, events: [...events], has_secret: secret !== null };
}

export function deliveriesView(status: WebhookStatus): z.infer<typeof DeliveriesSchema> {
  const { delivered, dropped, failures, lastError, ended } = status;
  return { delivered, dropped, failures, last_error: lastError, ended };
}
