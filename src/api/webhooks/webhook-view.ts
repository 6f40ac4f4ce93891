import { z } from '@hono/zod-openapi';
import type { WebhookSpec, WebhookStatus } from '../../model/webhook.ts';
import { WebhookEventSchema } from './webhook-field.ts';

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
