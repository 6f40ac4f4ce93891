import { isMarkedAsUntransferable } from 'node:worker_threads';

/**
 * What can be handed to a thread without copying: the memory of a body that is all its own. A body that is a part
 * of a larger buffer, as small ones are in Node's pool, is copied.
 */
export function transferableBody(body: Uint8Array | string): ArrayBuffer[] {
  if (typeof body === 'string' || !(body.buffer instanceof ArrayBuffer)) return [];
  const isWhole = body.byteLength === body.buffer.byteLength;
  return isWhole && !body.buffer.detached && !isMarkedAsUntransferable(body.buffer) ? [body.buffer] : [];
}
