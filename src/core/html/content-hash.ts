import { hash } from 'node:crypto';

/** Hexadecimal digits of a content hash: 128 bits of SHA-256. */
const DIGITS = 32;

/** Hash of parts in their order; where one part ends matters. */
export function contentHash(parts: readonly string[]): string {
  return hash('sha256', parts.join('\u0000'), 'hex').slice(0, DIGITS);
}
