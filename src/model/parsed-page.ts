import type { ParsedPagination } from './pagination.ts';

/** The kinds of section that pages are split into. */
export type SectionType =
  | 'header'
  | 'navigation'
  | 'main'
  | 'article'
  | 'section'
  | 'aside'
  | 'footer'
  | 'search'
  | 'form'
  | 'table'
  | 'list'
  | 'breadcrumb'
  | 'pagination'
  | 'dialog'
  | 'banner';

export interface ParsedHeading {
  /** 1 to 6. */
  readonly level: number;
  readonly text: string;
  /** The fragment that leads to it, without `#`; null if it has none. */
  readonly anchor: string | null;
  /** Index into `sections`. */
  readonly section: number;
}

export interface ParsedSection {
  /** Position on the page, from 0, in document order. */
  readonly order: number;
  /** Structural path, stable while the page's structure is: `main/article[2]/section[1]`. Unique on the page. */
  readonly path: string;
  readonly type: SectionType;
  /** Index of the section around it; null at the top. */
  readonly parent: number | null;
  readonly heading: string | null;
  readonly anchor: string | null;
  /** Accessible name (`aria-label`, `aria-labelledby`, heading, caption, legend); null if there is none. */
  readonly label: string | null;
  /** Own text without that of the sections inside it, white space folded. */
  readonly text: string;
  /** Hash of type, text and links: sections that repeat over pages share it. */
  readonly hash: string;
}

/** One link as it stands on the page. */
export interface ParsedLink {
  /** Canonical, fragment dropped. */
  readonly url: string;
  /** Fragment without `#`; empty if there is none. */
  readonly fragment: string;
  /** Visible text or accessible name, white space folded, at most 300 characters. */
  readonly text: string;
  /** ARIA role of what is activated: `link`, `button`, `menuitem`, `tab`. */
  readonly role: string;
  /** `rel` tokens, lower-case: `next`, `nofollow`, … */
  readonly rel: readonly string[];
  /** Index into `sections`. */
  readonly section: number;
}

export interface ParsedAction {
  /** `button`, `submit`, `textbox`, `combobox`, … */
  readonly role: string;
  readonly name: string;
  readonly section: number;
}

export interface ParsedForm {
  /** Absolute URL that it is sent to. */
  readonly action: string;
  readonly method: 'get' | 'post';
  readonly name: string | null;
  readonly fields: readonly ParsedAction[];
  readonly section: number;
}

/** Pages before and after this one, as it names them where no visitor sees it. */
export interface ParsedNeighbours {
  /** `link` with `rel=next` in the head; null if there is none. */
  readonly next: string | null;
  readonly prev: string | null;
  /** What a script loads when the end of the list is reached (`data-next-url` and the like). */
  readonly more: string | null;
}

export interface ParsedMark {
  readonly text: string;
  /** Index into `sections`. */
  readonly section: number;
}

/** A URL that the page leads to, judged by the crawl's scope: one entry per canonical URL and spelling. */
export interface FoundLink {
  readonly url: string;
  /** The URL as written. Absent if it equals `url`, and for a URL that no later change of the crawl can include. */
  readonly spelling?: string;
  readonly host: string;
  /** Why the scope keeps it out; null when it is in. */
  readonly skip: 'out-of-scope' | 'excluded' | 'url-too-long' | null;
}

export interface ParsedPage {
  readonly title: string;
  readonly description: string | null;
  /** BCP 47 tag; null if the page does not declare one and none can be detected. */
  readonly language: string | null;
  /** Lower-case name of the encoding that was used, e.g. `utf-8`, `euc-kr`. */
  readonly charset: string;
  /** Canonical URL named by `rel=canonical`; null if there is none. */
  readonly canonical: string | null;
  /** The `robots` meta contains `noindex`. */
  readonly noindex: boolean;
  /** Target of a meta refresh with a delay of at most 10 s; null if there is none. */
  readonly refresh: string | null;
  /** The page requires a captcha or denies access. */
  readonly blocked: boolean;
  /** Hash of title, sections and links: equal for equal content. */
  readonly contentHash: string;
  readonly headings: readonly ParsedHeading[];
  readonly sections: readonly ParsedSection[];
  /** Every occurrence of a link, in document order. */
  readonly links: readonly ParsedLink[];
  readonly actions: readonly ParsedAction[];
  readonly forms: readonly ParsedForm[];
  /** The distinct URLs behind `links`, as written, with the scope's verdict. */
  readonly found: readonly FoundLink[];
  readonly neighbours: ParsedNeighbours;
  /** What it marks as where its visitor is (`aria-current`), in menus, breadcrumbs and bars of pages. */
  readonly current: readonly ParsedMark[];
  /** The pagination of the list that it shows; null if it shows none. */
  readonly pagination: ParsedPagination | null;
  /** Hash of the kinds of its parts and how they stand in one another: equal for pages of one layout. */
  readonly fingerprint: string;
  /** Characters of visible text. */
  readonly textLength: number;
  /** Links past the limit per page, not taken. */
  readonly linksDropped: number;
}
