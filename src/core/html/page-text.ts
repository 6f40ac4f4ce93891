import { TextTape } from './text-buffer.ts';

/** A stretch of the page from the moment it was opened to the moment it was closed. */
export interface TextRange {
  readonly shownStart: number;
  readonly concealedStart: number;
  shownEnd: number;
  concealedEnd: number;
}

/**
 * The text of a page, on two tapes: what a visitor sees, and what is there but not shown (`hidden`, closed menus,
 * titles of icons). Section texts are made of the first alone; a name falls back to the second.
 */
export class PageText {
  readonly shown = new TextTape();
  readonly #concealed = new TextTape();
  #concealments = 0;

  get isConcealed(): boolean {
    return this.#concealments > 0;
  }

  conceal(): void {
    this.#concealments++;
  }

  reveal(): void {
    this.#concealments--;
  }

  write(data: string): void {
    (this.isConcealed ? this.#concealed : this.shown).write(data);
  }

  /** Text that names something without being seen. */
  writeConcealed(data: string): void {
    this.#concealed.break();
    this.#concealed.write(data);
    this.#concealed.break();
  }

  break(): void {
    (this.isConcealed ? this.#concealed : this.shown).break();
  }

  open(): TextRange {
    const shown = this.shown.length;
    const concealed = this.#concealed.length;
    return { shownStart: shown, concealedStart: concealed, shownEnd: shown, concealedEnd: concealed };
  }

  close(range: TextRange): void {
    range.shownEnd = this.shown.length;
    range.concealedEnd = this.#concealed.length;
  }

  /** What is shown in the range, else what is concealed in it, at most `limit` characters. */
  read(range: TextRange, limit: number): string {
    const shown = readStart(this.shown, range.shownStart, range.shownEnd, limit);
    return shown || readStart(this.#concealed, range.concealedStart, range.concealedEnd, limit);
  }
}

/** One character more than the limit, for the space that a range may begin with. */
function readStart(tape: TextTape, start: number, end: number, limit: number): string {
  return tape
    .slice(start, Math.min(end, start + limit + 1))
    .slice(0, limit)
    .trimEnd();
}
