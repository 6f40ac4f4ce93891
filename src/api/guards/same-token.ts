import { createHash, timingSafeEqual } from 'node:crypto';

/** A comparison with a token that takes the same time for all others. */
export function sameToken(token: string): (given: string) => boolean {
  const expected = digest(token);
  return (given) => timingSafeEqual(digest(given), expected);
}

/** Digests have one length, which the comparison needs. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
