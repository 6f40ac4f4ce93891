import type { PageHead, SectionHead } from './head.ts';

/** One occurrence of a link to a page. */
export interface InLink {
  readonly page: PageHead;
  readonly section: SectionHead;
  readonly text: string;
  readonly role: string;
  readonly fragment: string;
}

export interface InLinkList {
  readonly page: PageHead;
  readonly links: readonly InLink[];
  readonly next: string | null;
}

export interface StoredLink {
  readonly url: string;
  readonly fragment: string;
  readonly text: string;
  readonly role: string;
  readonly section: number;
}
