import type { MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { WaymarkError } from '../../core/errors.ts';

/** Refuses bodies of more bytes, before they are read where they say how long they are. */
export function limitBody(maxBytes: number): MiddlewareHandler {
  return bodyLimit({
    maxSize: maxBytes,
    onError: () => {
      throw new WaymarkError('body-too-large', `The body has more than ${maxBytes} bytes.`);
    },
  });
}
