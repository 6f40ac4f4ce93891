import { WaymarkError } from '../../../core/errors.ts';

/** A cursor is the number of the last row that was shown. */
export function readCursor(cursor: string | null, start: number): number {
  if (cursor === null) return start;
  if (!/^\d{1,15}$/.test(cursor))
    throw new WaymarkError('bad-cursor', 'Use the cursor that the page before gave.');
  return Number(cursor);
}
