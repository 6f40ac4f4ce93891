import { WaymarkError } from './errors.ts';

/** A cursor is the number of the last row that was shown. */
export function readCursor(cursor: string | null, start: number): number {
  if (cursor === null) return start;
  if (!/^\d{1,15}$/.test(cursor))
    throw new WaymarkError('bad-cursor', 'Use the cursor that the page before gave.');
  return Number(cursor);
}

/** A cursor of several numbers: where in an order of several columns the last row stands. Null stands before all rows. */
export function readNumbersCursor(cursor: string | null, count: number): readonly number[] {
  if (cursor === null) return [];
  const parts = cursor.split('.');
  if (parts.length !== count || parts.some((part) => !/^\d{1,15}$/.test(part)))
    throw new WaymarkError('bad-cursor', 'Use the cursor that the page before gave.');
  return parts.map(Number);
}
