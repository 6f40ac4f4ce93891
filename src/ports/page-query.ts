/** Asks for one part of a list. */
export interface PageQuery {
  /** The `next` of the part before, or null for the start. */
  readonly cursor: string | null;
  readonly limit: number;
}

/** A page by its URL, with what it is called. */
export interface PageHead {
  readonly url: string;
  readonly title: string;
}
