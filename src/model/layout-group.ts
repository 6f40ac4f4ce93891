import type { PageHead } from './head.ts';

/** Pages of one URL template and one fingerprint. */
export interface LayoutKey {
  readonly template: string;
  readonly fingerprint: string;
}

export interface Layout extends LayoutKey {
  readonly pages: number;
  /** The first three URLs by code points. */
  readonly examples: readonly string[];
}

export interface LayoutList {
  /** By template, then by fingerprint, in the order of code points. */
  readonly layouts: readonly Layout[];
  readonly next: string | null;
}

/** A group to be stored: pages of one layout. Pattern and fingerprint are its identity within the site. */
export interface GroupWrite {
  readonly name: string;
  /** A URL with `*` for what differs. */
  readonly pattern: string;
  readonly fingerprint: string;
  readonly pages: number;
  /** What its pages are found by. */
  readonly layouts: readonly LayoutKey[];
  /** URLs of a few of its pages. */
  readonly examples: readonly string[];
}

export interface GroupRow extends Pick<GroupWrite, 'name' | 'pattern' | 'pages'> {
  readonly id: string;
  readonly summary: string | null;
  readonly examples: readonly PageHead[];
}
