import { hash } from 'node:crypto';

/** Hexadecimal digits of an id: 128 bits of SHA-256. */
const DIGITS = 32;

/** Ids are hashes, so that the same thing has the same id in every crawl. */
export function derivedId(of: string): string {
  return hash('sha256', of, 'hex').slice(0, DIGITS);
}
