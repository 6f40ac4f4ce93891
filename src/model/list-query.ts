/** Selects one part of a list. */
export interface ListQuery {
  /** The `next` of the part before, or null for the start. */
  readonly cursor: string | null;
  readonly limit: number;
}
