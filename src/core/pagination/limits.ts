/** Pages of one board that are kept; more are told by their number alone. */
export const MAX_LIST_PAGES = 10_000;
