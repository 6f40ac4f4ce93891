import type { PageHead } from './page-query.ts';

export interface PageRow {
  readonly url: string;
  readonly title: string;
  readonly description: string | null;
  readonly language: string | null;
  readonly depth: number;
  readonly status: number;
  readonly via: 'http' | 'browser';
  readonly contentHash: string;
  /** Epoch ms of the first time that a crawl stored it. */
  readonly firstSeen: number;
  /** Epoch ms of the last time that a crawl stored it. */
  readonly fetchedAt: number;
  /** Epoch ms since when it is known to be gone; null while it is there. */
  readonly goneSince: number | null;
  readonly sections: number;
  readonly links: number;
  readonly summary: string | null;
}

export interface SectionRow {
  readonly id: string;
  readonly order: number;
  readonly path: string;
  readonly type: string;
  readonly heading: string | null;
  readonly anchor: string | null;
  readonly label: string | null;
  readonly text: string;
  readonly summary: string | null;
  /** Epoch ms of the first time that the page had a section at this path. */
  readonly firstSeen: number;
  /** Epoch ms of the last time; that of the page for what is on it now. */
  readonly lastSeen: number;
}

export interface LinkRow {
  readonly url: string;
  readonly fragment: string;
  readonly text: string;
  readonly role: string;
  readonly section: number;
}

export interface PageDetail extends PageRow {
  readonly sectionRows: readonly SectionRow[];
  readonly linkRows: readonly LinkRow[];
}

export interface SiteRow extends PageHead {
  readonly id: string;
  readonly host: string;
  readonly pages: number;
  readonly summary: string | null;
}
