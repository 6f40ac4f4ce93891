import { z } from '@hono/zod-openapi';
import { WEBHOOK_SECRET } from '../../core/webhooks/webhook-secret.ts';
import type { WebhookSpec, WebhookStatus } from '../../model/webhook.ts';
import { callerUrl, checkCallerUrl } from '../crawl/caller-url.ts';

const EVENTS = ['started', 'page', 'completed', 'failed'] as const;

export const WebhookEventSchema = z.enum(EVENTS).openapi('WebhookEvent');

/** Where a request that starts a task wants to have its events sent; in the body alone. */
export const webhookField = z
  .strictObject({
    url: z.string().openapi({ description: 'Called by POST, with http:// or https://.' }),
    secret: z
      .string()
      .regex(WEBHOOK_SECRET, 'must be whsec_ and 24 to 64 random bytes in base64')
      .optional()
      .openapi({ description: 'Signs the messages. It is never shown again.' }),
    events: z
      .array(WebhookEventSchema)
      .min(1)
      .max(EVENTS.length)
      .default(['started', 'completed', 'failed'])
      .openapi({ description: '`page` tells of every visited page, up to 100 in a message.' }),
  })
  .openapi('Webhook')
  .optional();

/**
 * The webhook that a request asks for, as a part of a task's spec.
 *
 * @throws {WaymarkError} `bad-url`, `unsupported-scheme`, `address-refused`.
 */
export function webhookSpec(
  asked: z.infer<typeof webhookField>,
  checkUrl: (url: string) => void,
): { readonly webhook?: WebhookSpec } {
  if (asked === undefined) return {};
  const { href } = callerUrl(asked.url, 'webhook.url');
  checkCallerUrl(href, checkUrl, 'webhook.url');
  return { webhook: { url: href, secret: asked.secret ?? null, events: [...new Set(asked.events)] } };
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
    delivered: z.int().openapi({ description: 'Messages that the receiver took.' }),
    dropped: z.int().openapi({ description: 'Messages that were given up.' }),
    failures: z.int().openapi({ description: 'Failed tries in a row.' }),
    last_error: z
      .string()
      .nullable()
      .openapi({ description: 'Why the last try failed.', example: 'status 503' }),
    ended: z.boolean().openapi({ description: 'Nothing more is sent for the task as it stands.' }),
  })
  .openapi('WebhookDeliveries');

/** A webhook as the API shows it: without its secret. */
export function webhookView({ url, events, secret }: WebhookSpec): z.infer<typeof WebhookViewSchema> {
  return { url, events: [...events], has_secret: secret !== null };
}

export function deliveriesView(standing: WebhookStatus): z.infer<typeof DeliveriesSchema> {
  const { delivered, dropped, failures, lastError, ended } = standing;
  return { delivered, dropped, failures, last_error: lastError, ended };
}
