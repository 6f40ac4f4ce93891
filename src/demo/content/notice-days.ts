const NEWEST = Date.UTC(2026, 10, 2);
const GAP = 3 * 24 * 60 * 60 * 1000;

export interface Day {
  /** `2026-11-02` */
  readonly iso: string;
  /** `2 November 2026` */
  readonly text: string;
  /** `November` */
  readonly month: string;
}

/** The day of the notice at this position of the board: one notice every three days. */
export function dayOf(position: number): Day {
  const date = new Date(NEWEST - position * GAP);
  const month = date.toLocaleDateString('en-GB', { month: 'long', timeZone: 'UTC' });
  return {
    iso: date.toISOString().slice(0, 10),
    text: `${date.getUTCDate()} ${month} ${date.getUTCFullYear()}`,
    month,
  };
}
