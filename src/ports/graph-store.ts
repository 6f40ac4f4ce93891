import type { BoardPlace, BoardStore } from './board-store.ts';
import type { PageHead, PageQuery } from './page-query.ts';
import type { ParsedPage } from './parse-pool.ts';
import type { SiteExport } from './site-export.ts';
import type { SiteHistory } from './site-history.ts';
import type { PageDetail, PageRow, SectionRow, SiteRow } from './stored-page.ts';
import type { SummaryStore } from './summary-store.ts';

export type { PageHead, PageQuery } from './page-query.ts';
export type { LinkRow, PageDetail, PageRow, SectionRow, SiteRow } from './stored-page.ts';

/** A page to be stored with all that was found on it. */
export interface PageWrite {
  /** Canonical. */
  readonly url: string;
  readonly depth: number;
  readonly status: number;
  readonly via: 'http' | 'browser';
  readonly fetchedAt: number;
  readonly parsed: ParsedPage;
  /** Where it stands in a board; what its pagination says unless given. */
  readonly board?: BoardPlace | null;
}

/** A URL that leads to a page stored under another one: a redirect or a duplicate. */
export interface AliasWrite {
  readonly url: string;
  readonly target: string;
}

export interface SiteWrite {
  /** Canonical URL of the seed. */
  readonly url: string;
  readonly crawlId: string;
  /** Epoch ms of the crawl's start. */
  readonly at: number;
}

export interface GraphCounts {
  readonly pages: number;
  readonly sections: number;
  /** Link occurrences. */
  readonly links: number;
  /** Root, sub-roots, pages and sections. */
  readonly nodes: number;
}

export interface PageList {
  readonly pages: readonly PageRow[];
  readonly next: string | null;
}

/** A word of a question. `text` and `stem` are folded: decomposed, lower-case, without accents. */
export interface AskedWord {
  readonly text: string;
  /** The beginning that its forms share. */
  readonly stem: string;
  /** Says little of what the question is about: `the`, `how`. */
  readonly minor: boolean;
}

export interface Question {
  /** As it was typed. */
  readonly text: string;
  /** All words, folded, with single spaces. */
  readonly phrase: string;
  /** At least one. */
  readonly words: readonly AskedWord[];
}

/** What a word is looked for as: itself, or a word that is spelt nearly so. */
export interface WordForm {
  readonly text: string;
  readonly stem: string;
  /** 1 for the word itself. */
  readonly likeness: number;
}

export interface KnownWord {
  /** The word itself first. */
  readonly forms: readonly WordForm[];
  /** Texts of the map that hold it in one of its forms. */
  readonly documents: number;
}

/** A page or a section that a question may mean. */
export interface Candidate {
  readonly url: string;
  readonly title: string;
  readonly description: string | null;
  readonly language: string | null;
  readonly depth: number;
  /** Distinct links to the page; at most 200 are counted. */
  readonly linked: number;
  /** Null: the page itself. */
  readonly section: SectionHead | null;
  /** The fragment of a place on the page that is no section of its own; null unless links lead to one. */
  readonly fragment: string | null;
  /** Headings of what the candidate stands for, beside the section's own. */
  readonly headings: readonly string[];
  /** Texts of the links that lead exactly here. */
  readonly linkTexts: readonly string[];
  /** For each word of the question, how well the texts of the candidate hold it, 0 to 1. */
  readonly said: readonly number[];
  /** Where the texts say it, at most 200 characters; empty if they do not. */
  readonly snippet: string;
}

export interface SectionHead {
  readonly id: string;
  readonly order: number;
  readonly path: string;
  readonly type: string;
  readonly heading: string | null;
  readonly anchor: string | null;
  readonly label: string | null;
}

export interface LookUpQuery {
  readonly question: Question;
  /** URL of the site's root; null: all sites. */
  readonly site: string | null;
}

export interface LookUp {
  /** Texts of the map: pages and distinct sections. */
  readonly documents: number;
  /** One for each word of the question. */
  readonly words: readonly KnownWord[];
  /** In no order that means anything. */
  readonly candidates: readonly Candidate[];
}

/** Where a URL is on the map. */
export interface Located extends PageHead {
  readonly language: string | null;
  /** Roots of the sites that it belongs to, the largest first. */
  readonly sites: readonly string[];
}

/** A link that is activated on the way. */
export interface Click {
  readonly page: PageHead;
  /** Where the link stands. */
  readonly section: SectionHead;
  readonly text: string;
  readonly role: string;
  readonly target: PageHead;
  readonly fragment: string;
  /** Most pages of the site show the section with the same content. */
  readonly repeats: boolean;
}

export interface Destination {
  /** URL of a page of the map. */
  readonly url: string;
  /** A place on the page: links that lead right there are preferred at the end. Null: the page itself. */
  readonly fragment: string | null;
}

export interface WaysQuery {
  /** URL of a page of the map. */
  readonly from: string;
  readonly to: readonly Destination[];
  readonly maxClicks: number;
}

export type Way =
  | { readonly kind: 'way'; readonly clicks: readonly Click[] }
  /** The shortest way has that many clicks. */
  | { readonly kind: 'too-far'; readonly clicks: number }
  /** No links lead there; `complete` is false if the search was cut short. */
  | { readonly kind: 'none'; readonly complete: boolean };

/** A host of a site beside that of its root. */
export interface SubRoot extends PageHead {
  readonly host: string;
  readonly pages: number;
}

export interface OutlinedPage extends PageRow {
  readonly sectionRows: readonly SectionRow[];
}

export interface Structure {
  readonly site: SiteRow;
  /** At most 100, the largest first. */
  readonly subRoots: readonly SubRoot[];
  /** By depth. */
  readonly pages: readonly OutlinedPage[];
  readonly next: string | null;
}

export interface StructureQuery extends PageQuery {
  /** Characters of each section's text. */
  readonly preview: number;
  /**
   * What is gone instead of what is there: pages that are gone, with the sections that they had, and pages that have
   * lost sections, with those alone. Default false.
   */
  readonly gone?: boolean;
}

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

/** The map. Ids are derived from canonical URL and structural path, so writing twice changes nothing. */
export interface GraphStore extends SummaryStore, SiteHistory, SiteExport, BoardStore {
  /** Registers the crawl of a site; answers the site's id. */
  openSite(site: SiteWrite): Promise<string>;
  /** Stores pages and aliases in one transaction. */
  save(crawlId: string, pages: readonly PageWrite[], aliases: readonly AliasWrite[]): Promise<void>;
  /**
   * Brings up to date what only the whole crawl can tell, the depth of its pages in clicks from the root, and notes that
   * it is finished at epoch ms `at`. Idempotent.
   */
  finish(crawlId: string, at: number): Promise<void>;
  /** Of one crawl. */
  counts(crawlId: string): Promise<GraphCounts>;
  /** Pages of one crawl, in the order of first storage. */
  pages(crawlId: string, query: PageQuery): Promise<PageList>;
  page(url: string): Promise<PageDetail | null>;
  /** Where the URL, or the page that it leads to, is on the map; null if it is not. */
  locate(url: string): Promise<Located | null>;
  /** Everything that a question may mean. To be ranked by the caller: the same on all stores. */
  lookUp(query: LookUpQuery): Promise<LookUp>;
  /** The clearest way to each page, in the order of `to`. The page that it starts from is reached without a click. */
  ways(query: WaysQuery): Promise<readonly Way[]>;
  /** The outline of the site that has this root or page; null if there is none. */
  structure(url: string, query: StructureQuery): Promise<Structure | null>;
  /** The links on other pages that lead to this one; null if it is not on the map. */
  inLinks(url: string, query: PageQuery): Promise<InLinkList | null>;
}
