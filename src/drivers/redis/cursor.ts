import { WaymarkError } from '../../core/errors.ts';

/** Reads a number that was given out as a cursor or as the id of an event. */
export function readCursor(cursor: string | null): number {
  if (cursor === null) return 0;
  if (!/^\d{1,15}$/.test(cursor))
    throw new WaymarkError('bad-cursor', 'Use the cursor that the page before gave.');
  return Number(cursor);
}
