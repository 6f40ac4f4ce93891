/** The text between two positions of the page: from `open` to `close`. */
export interface TextRange {
  readonly visibleStart: number;
  readonly hiddenStart: number;
  visibleEnd: number;
  hiddenEnd: number;
}

/**
 * The text of a page in two buffers: visible text, and text that is not shown (`hidden`, closed menus, titles of
 * icons). Section texts use the first only; a name falls back to the second.
 */
export class PageText {
  readonly visible = new TextBuffer();
  readonly #hidden = new TextBuffer();
  #hiddenDepth = 0;

  get isHidden(): boolean {
    return this.#hiddenDepth > 0;
  }

  hide(): void {
    this.#hiddenDepth++;
  }

  show(): void {
    this.#hiddenDepth--;
  }

  write(data: string): void {
    (this.isHidden ? this.#hidden : this.visible).write(data);
  }

  /** Adds text that names something without being visible. */
  writeHidden(data: string): void {
    this.#hidden.break();
    this.#hidden.write(data);
    this.#hidden.break();
  }

  break(): void {
    (this.isHidden ? this.#hidden : this.visible).break();
  }

  open(): TextRange {
    const visible = this.visible.length;
    const hidden = this.#hidden.length;
    return { visibleStart: visible, hiddenStart: hidden, visibleEnd: visible, hiddenEnd: hidden };
  }

  close(range: TextRange): void {
    range.visibleEnd = this.visible.length;
    range.hiddenEnd = this.#hidden.length;
  }

  /** The visible text of the range, else its hidden text, at most `limit` characters. */
  read(range: TextRange, limit: number): string {
    const visible = readStart(this.visible, range.visibleStart, range.visibleEnd, limit);
    return visible || readStart(this.#hidden, range.hiddenStart, range.hiddenEnd, limit);
  }
}

/** Reads one character more than the limit, because a range may begin with a space. */
function readStart(buffer: TextBuffer, start: number, end: number, limit: number): string {
  return buffer
    .slice(start, Math.min(end, start + limit + 1))
    .slice(0, limit)
    .trimEnd();
}

/** Text in document order with folded white space. Two positions identify a range. */
export class TextBuffer {
  readonly #chunks: string[] = [];
  #length = 0;
  #spacePending = false;
  #joined: string | null = null;

  /** Characters so far. Trailing white space counts only when text follows it. */
  get length(): number {
    return this.#length;
  }

  write(data: string): void {
    const folded = fold(data);
    const text = folded.trim();
    if (text === '') {
      this.#spacePending ||= folded !== '';
      return;
    }
    const spaced = this.#length > 0 && (this.#spacePending || folded.startsWith(' '));
    this.#push(spaced ? ` ${text}` : text);
    this.#spacePending = folded.endsWith(' ');
  }

  /** Separates the text before from the text after, like the edge of a block. */
  break(): void {
    this.#spacePending = true;
  }

  slice(start: number, end: number): string {
    this.#joined ??= this.#chunks.join('');
    return this.#joined.slice(start, end).trim();
  }

  #push(chunk: string): void {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    this.#joined = null;
  }
}

function fold(data: string): string {
  return /[^\S ]|\s\s/.test(data) ? data.replace(/\s+/g, ' ') : data;
}
