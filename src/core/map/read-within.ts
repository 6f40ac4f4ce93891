/** How rows are read in batches until they weigh too much. */
export interface BoundedRead<Row, Item> {
  /** Rows of one batch. */
  readonly batch: number;
  /** Reads what belongs to these rows; one item for each, in their order. */
  readonly read: (rows: readonly Row[]) => Promise<readonly Item[]>;
  readonly weightOf: (item: Item) => number;
  /** Weight past which no further item is taken; the first one is always taken. */
  readonly maxWeight: number;
  /** A batch is kept whole: its weight counts for the next one. Default: false. */
  readonly wholeBatches?: boolean;
}

/** The items of the first rows that together do not weigh too much. */
export async function readWithin<Row, Item>(
  rows: readonly Row[],
  { batch, read, weightOf, maxWeight, wholeBatches = false }: BoundedRead<Row, Item>,
): Promise<Item[]> {
  const items: Item[] = [];
  let weight = 0;
  for (let first = 0; first < rows.length && weight < maxWeight; first += batch) {
    for (const item of await read(rows.slice(first, first + batch))) {
      weight += weightOf(item);
      if (weight > maxWeight && items.length > 0 && !wholeBatches) return items;
      items.push(item);
    }
  }
  return items;
}

/**
 * The cursor after the rows that were taken; null if they are all. One row more than requested is read, so that the last
 * part of a list is known to be the last.
 */
export function nextCursor<Row>(
  rows: readonly Row[],
  taken: number,
  cursorOf: (row: Row) => string | number,
): string | null {
  const last = rows[taken - 1];
  return taken < rows.length && last !== undefined ? String(cursorOf(last)) : null;
}
