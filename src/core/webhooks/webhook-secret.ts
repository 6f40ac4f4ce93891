const PREFIX = 'whsec_';

/** A symmetric secret as Standard Webhooks 1.0.0 writes it: `whsec_` and 24 to 64 bytes in base64, padding optional. */
export const WEBHOOK_SECRET = /^whsec_[A-Za-z0-9+/]{32,86}={0,2}$/;

/** The key in a secret that matches `WEBHOOK_SECRET`. */
export function webhookKey(secret: string): Uint8Array {
  return Buffer.from(secret.slice(PREFIX.length), 'base64');
}
