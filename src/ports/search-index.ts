import type { SectionHead } from '../model/head.ts';
import type { Candidate } from '../model/search-query.ts';

/**
 * How a full-text index spells queries. Arguments are folded: letters, digits and, in a name, single spaces. Expressions
 * are joined by AND, OR and brackets.
 */
export interface QueryDialect {
  /** Matches names that contain the text anywhere; it has at least three letters. */
  readonly name: (folded: string) => string;
  /** Matches texts that contain a word with this beginning. */
  readonly text: (stem: string) => string;
}

export interface WordCounts {
  /** Texts of the map: pages and distinct sections. */
  readonly texts: number;
  /** For each beginning, the texts that contain its words, summed over the words. */
  readonly documents: readonly number[];
}

export interface NearWordQuery {
  /** Folded. */
  readonly word: string;
  /** Insertions, deletions, substitutions and swaps of neighbours, 1 or 2. */
  readonly maxEdits: number;
  /** A word counts only if it starts with one of these letters. */
  readonly firstLetters: readonly string[];
}

export interface CountedWord {
  readonly word: string;
  /** Texts that contain it, at least 1. */
  readonly documents: number;
}

/** Matches of the first query come before those of the second, and so on; those of one query are sorted by index rank. */
export interface IndexMatchQuery {
  readonly queries: readonly string[];
  /** URL of a site's root; null: all sites. */
  readonly site: string | null;
  /** Matches to return. */
  readonly limit: number;
  /** Matches of one query that are sorted. */
  readonly maxSorted: number;
}

export interface TextMatchQuery extends IndexMatchQuery {
  /** Sections with the same text, on pages of the site, among which the one on the shallowest page is returned. */
  readonly maxShowing: number;
}

export interface TypedNameQuery extends Pick<IndexMatchQuery, 'site' | 'limit'> {
  /** Part of a name, in normalization form C. */
  readonly text: string;
}

/** A section where it stands. */
export interface PlacedSection {
  readonly head: SectionHead;
  readonly block: number;
  /** Order of the section around it; null at the top. */
  readonly parent: number | null;
  /** Its heading is a link to another page. */
  readonly isTeaser: boolean;
}

/** Where a match is. Pages and blocks are numbers of the store. */
export interface MatchPlace {
  readonly page: number;
  /** The page's title and main heading. */
  readonly titles: readonly string[];
  /** Order of the section that matches, or that the name leads to; null: none. */
  readonly section: number | null;
  /** That section and all around it. */
  readonly sections: readonly PlacedSection[];
}

/** A name that is still in use, of a page that has not been removed. */
export interface MatchedName extends MatchPlace {
  readonly kind: 'title' | 'heading' | 'link';
  /** Empty for the page itself. */
  readonly fragment: string;
  readonly text: string;
}

/** A section's text; or, where `section` is null, the title and description of a page. */
export interface MatchedText extends MatchPlace {
  readonly block: number;
}

export interface DetailsQuery {
  readonly pages: readonly number[];
  readonly blocks: readonly number[];
  /** Links to a page after which counting may stop. */
  readonly maxLinks: number;
  /** Characters of a block's text. */
  readonly maxLength: number;
}

export interface PageDetails
  extends Pick<Candidate, 'url' | 'title' | 'description' | 'language' | 'depth' | 'linked'> {
  readonly page: number;
  /** Empty if it has none. */
  readonly summary: string;
}

export interface BlockDetails {
  readonly block: number;
  readonly text: string;
  /** Empty if it has none. */
  readonly summary: string;
}

/** In no particular order. */
export interface MatchDetails {
  readonly pages: readonly PageDetails[];
  readonly blocks: readonly BlockDetails[];
}

/** The full-text indexes of a map. A store implements these reads and knows no limit and no ranking; none of them writes. */
export interface SearchIndex {
  readonly dialect: QueryDialect;
  /** @param maxWords words of one beginning that are counted, in alphabetical order. */
  wordCounts(beginnings: readonly string[], maxWords: number): Promise<WordCounts>;
  /** Words of the map within some edits of others, for each query. */
  wordsNear(queries: readonly NearWordQuery[]): Promise<readonly (readonly CountedWord[])[]>;
  matchNames(query: IndexMatchQuery): Promise<readonly MatchedName[]>;
  /** Finds names without an index, for text that is too short for it. */
  matchTypedNames(query: TypedNameQuery): Promise<readonly MatchedName[]>;
  matchTexts(query: TextMatchQuery): Promise<readonly MatchedText[]>;
  detailsOf(query: DetailsQuery): Promise<MatchDetails>;
}
