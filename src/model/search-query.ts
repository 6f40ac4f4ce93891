import type { SectionHead } from './head.ts';

/** A word of a query. `text` and `stem` are folded: decomposed, lower-case, without accents. */
export interface QueryWord {
  readonly text: string;
  /** The beginning that its forms share. */
  readonly stem: string;
  /** Says little about what the query is after: `the`, `how`. */
  readonly minor: boolean;
}

export interface SearchQuery {
  /** As it was typed. */
  readonly text: string;
  /** All words, folded, with single spaces. */
  readonly phrase: string;
  /** At least one. */
  readonly words: readonly QueryWord[];
}

/** What a word is searched as: itself, or a word with nearly the same spelling. */
export interface WordForm {
  readonly text: string;
  readonly stem: string;
  /** 1 for the word itself. */
  readonly likeness: number;
}

/** A word of a query with the forms in which the map has it. */
export interface SearchWord {
  /** The word itself first. */
  readonly forms: readonly WordForm[];
  /** Texts of the map that contain it in one of its forms. */
  readonly documents: number;
}

/** A page or a section that may match a query. */
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
  /** For each word of the query, how well the texts of the candidate contain it, 0 to 1. */
  readonly textScores: readonly number[];
  /** The part of the texts that contains the words, at most 200 characters; empty if they do not. */
  readonly snippet: string;
}

export interface MatchQuery {
  readonly query: SearchQuery;
  /** URL of the site's root; null: all sites. */
  readonly site: string | null;
}

export interface Matches {
  /** Texts of the map: pages and distinct sections. */
  readonly documents: number;
  /** One for each word of the query. */
  readonly words: readonly SearchWord[];
  /** In no particular order. */
  readonly candidates: readonly Candidate[];
}
