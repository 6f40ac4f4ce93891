/** A row of `node:sqlite`. */
export type Row = Record<string, null | number | bigint | string | Uint8Array>;

/** Reads a column by name. Throws if it has another type. */
export function text(row: Row, column: string): string {
  const value = row[column];
  if (typeof value !== 'string') throw new TypeError(`${column} holds no text`);
  return value;
}

export function textOrNull(row: Row, column: string): string | null {
  return row[column] == null ? null : text(row, column);
}

export function int(row: Row, column: string): number {
  const value = row[column];
  if (typeof value !== 'number') throw new TypeError(`${column} holds no number`);
  return value;
}

export function intOrNull(row: Row, column: string): number | null {
  return row[column] == null ? null : int(row, column);
}
