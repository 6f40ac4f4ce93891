import type { PageHead, SectionHead } from '../model/head.ts';
import type { Located } from '../model/route.ts';

/**
 * Pages show blocks (sections with their content, which pages may share), and blocks link pages. `shows`: blocks of a
 * page. `links`: pages that a block links. `linkedBy`, `shownOn`: the same backwards.
 */
export type EdgeRelation = 'shows' | 'links' | 'linkedBy' | 'shownOn';

/** Edges of a node past which the store may stop reading, by relation. */
export type EdgeLimits = Readonly<Record<'linkedBy' | 'shownOn', number>>;

export interface EdgeQuery {
  readonly relation: EdgeRelation;
  /** Numbers of pages or blocks. */
  readonly of: readonly number[];
  readonly limits: EdgeLimits;
  /** Pages whose links need their labels. */
  readonly labelled: ReadonlySet<number>;
}

/** The other node, the cost in hundredths of a click, and the label of a link where it is needed. */
export type LabelledEdge = readonly [to: number, cost: number, label?: string];

export interface NodeEdges {
  readonly node: number;
  /** Number of edges; if it is more than the limit, the node has more than these. */
  readonly size: number;
  readonly edges: Iterable<LabelledEdge>;
}

/** A page that a search for paths starts from or leads to. */
export interface LinkedPage {
  readonly page: number;
  /** Its title and main heading. */
  readonly titles: readonly string[];
}

/** From one page to the next. */
export interface PathStep {
  readonly from: number;
  readonly to: number;
}

export interface StepPage extends LinkedPage {
  readonly head: PageHead;
  /** Pages of the sites that it belongs to. */
  readonly sitePages: number;
}

/** A link from one page of a step to the other. */
export interface StepLink extends PathStep {
  readonly section: SectionHead;
  readonly text: string;
  readonly role: string;
  readonly fragment: string;
  /** To find the section and to follow the link, in hundredths of a click. */
  readonly cost: number;
  /** Sections that show the same content. */
  readonly shownOn: number;
}

export interface StepDetails {
  readonly pages: readonly StepPage[];
  /** In the order in which they stand on their pages. */
  readonly links: readonly StepLink[];
}

/** The links of the map during one query. */
export interface LinkView {
  /** Pages that the URLs lead to; null for what is not on the map or has been removed. */
  pagesAt(urls: readonly string[]): Promise<readonly (LinkedPage | null)[]>;
  /** Announces a search from a page to others: a store may read what every such search needs at once. */
  prefetch(from: number, to: readonly number[], limits: EdgeLimits): Promise<void>;
  /** Edges of the nodes that have any. */
  edges(query: EdgeQuery): Promise<readonly NodeEdges[]>;
  /** @param maxShown sections with the same content after which counting may stop. */
  stepDetails(steps: readonly PathStep[], maxShown: number): Promise<StepDetails>;
}

/** Reads where pages are and how links lead from one to another. */
export interface LinkReader {
  /** Where the URLs, or the pages that they lead to, are on the map; null for those that are not. */
  locate(urls: readonly string[]): Promise<readonly (Located | null)[]>;
  /** Runs `work` over the links. What it reads may change meanwhile, if the store cannot prevent it; it may be run again. */
  readLinks<T>(work: (links: LinkView) => Promise<T>): Promise<T>;
}
