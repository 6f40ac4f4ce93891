import { isIP } from 'node:net';
import { WaymarkError } from '../core/errors.ts';
import type { AccessPolicy } from '../core/net/access-policy.ts';
import { isGloballyRoutable } from '../core/net/address.ts';

/** Refuses addresses that a caller of the API may not reach; names are judged when they are resolved. */
export function checkUrl(text: string, access: AccessPolicy): void {
  const url = new URL(text);
  const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
  const address = url.hostname.replace(/^\[|\]$/g, '');
  if (access.allows(url.hostname, port)) return;
  if (address === 'localhost' || (isIP(address) !== 0 && !isGloballyRoutable(address))) {
    throw new WaymarkError(
      'address-refused',
      'Only public addresses can be crawled; an operator may allow more with ALLOWED_PRIVATE_HOSTS.',
    );
  }
}
