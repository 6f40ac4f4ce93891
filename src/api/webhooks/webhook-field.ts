import { z } from '@hono/zod-openapi';
import { WEBHOOK_SECRET } from '../../core/webhooks/webhook-secret.ts';
import type { WebhookSpec } from '../../model/webhook.ts';
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
