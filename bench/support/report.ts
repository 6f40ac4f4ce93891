import { availableParallelism, loadavg } from 'node:os';

/** The limit that a figure must meet. */
export interface Bar {
  readonly text: string;
  readonly holds: (figure: number) => boolean;
}

/** The machine's load over the last minute when the bench began. */
const LOAD_AT_START = loadavg()[0] ?? 0;

export type Cell = string | number;

export function atLeast(bar: number, unit = ''): Bar {
  return { text: `≥ ${shown(bar)}${unit}`, holds: (figure) => figure >= bar };
}

export function atMost(bar: number, unit = ''): Bar {
  return { text: `≤ ${shown(bar)}${unit}`, holds: (figure) => figure <= bar };
}

/** The final table of a bench: one line per figure, and the bars that were missed. */
export class Report {
  readonly #title: string;
  readonly #lines: string[][];
  readonly #missed: string[] = [];

  /** `columns` are the headings of the figures, between the name and the bar. */
  constructor(title: string, columns: readonly string[]) {
    this.#title = title;
    this.#lines = [['', ...columns, 'bar']];
  }

  /** Names of figures that missed their bar. */
  get missed(): readonly string[] {
    return this.#missed;
  }

  /** A line of figures without a bar. */
  add(what: string, cells: readonly Cell[]): void {
    this.#lines.push([what, ...cells.map(shown), '']);
  }

  /** A line with one bar per figure; null for a column without a bar. */
  check(what: string, cells: readonly Cell[], bars: readonly (Bar | null)[]): void {
    const held = cells.map((cell, column) => bars[column]?.holds(Number(cell)) ?? true);
    const texts = [...new Set(bars.flatMap((bar) => (bar === null ? [] : [bar.text])))];
    this.#lines.push([
      what,
      ...cells.map((cell, n) => `${shown(cell)}${held[n] ? '' : ' !'}`),
      texts.join(', '),
    ]);
    if (held.includes(false)) this.#missed.push(what);
  }

  /** The report as text, with the machine's load at the start and now. */
  toString(): string {
    const widths = (this.#lines[0] ?? []).map((_, column) =>
      Math.max(...this.#lines.map((line) => [...(line[column] ?? '')].length)),
    );
    const rows = this.#lines.map((line) =>
      line.map((cell, column) => padded(cell, widths[column] ?? 0, column)),
    );
    const rule = widths.map((width) => '-'.repeat(width));
    const [head = [], ...body] = rows;
    return `${[
      `${this.#title} (${availableParallelism()} cores, load ${shown(LOAD_AT_START)} to ${shown(loadavg()[0] ?? 0)})`,
      ...[head, rule, ...body].map((line) => line.join('  ').trimEnd()),
      this.#missed.length === 0 ? 'every bar held' : `missed (!): ${this.#missed.join(', ')}`,
    ].join('\n')}\n`;
  }
}

function padded(cell: string, width: number, column: number): string {
  return column === 0 ? cell.padEnd(width) : cell.padStart(width);
}

function shown(cell: Cell): string {
  if (typeof cell === 'string') return cell;
  if (!Number.isFinite(cell)) return '-';
  return Math.abs(cell) >= 100 ? Math.round(cell).toLocaleString('en') : String(Math.round(cell * 100) / 100);
}
