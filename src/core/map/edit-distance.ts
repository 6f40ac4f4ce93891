/** Three rows of the table that edit distances are read from: that before the last, the last and the current one. */
type Rows = readonly [before: number[], last: number[], current: number[]];

/**
 * Letters to add, drop, change or swap with their neighbour to turn one word into the other (optimal string alignment).
 * Gives up at `most` and answers `most + 1`. Only the diagonal band in which that can be decided is computed (E. Ukkonen,
 * Algorithms for approximate string matching, 1985).
 */
export function editDistance(a: string, b: string, most: number): number {
  const beyond = most + 1;
  if (Math.abs(a.length - b.length) > most) return beyond;
  const first = Array.from({ length: b.length + 1 }, (_, column) => Math.min(column, beyond));
  let rows: Rows = [[], first, []];
  for (let row = 1; row <= a.length; row += 1) {
    if (fillRow(a, b, row, rows, most) > most) return beyond;
    const [before, last, current] = rows;
    rows = [last, current, before];
  }
  return Math.min(rows[1][b.length] ?? beyond, beyond);
}

/** Answers the least distance in the row. What lies outside the band is further than `most`. */
function fillRow(a: string, b: string, row: number, [before, last, current]: Rows, most: number): number {
  const beyond = most + 1;
  const [from, to] = [Math.max(1, row - most), Math.min(b.length, row + most)];
  let left = from === 1 ? Math.min(row, beyond) : beyond;
  current[from - 1] = left;
  let least = left;
  for (let column = from; column <= to; column += 1) {
    const changed = a[row - 1] === b[column - 1] ? 0 : 1;
    left = Math.min(left + 1, (last[column] ?? beyond) + 1, (last[column - 1] ?? beyond) + changed);
    const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
    if (swapped) left = Math.min(left, (before[column - 2] ?? beyond) + 1);
    current[column] = left;
    least = Math.min(least, left);
  }
  return least;
}
