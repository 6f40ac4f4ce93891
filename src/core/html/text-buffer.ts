/** All text of a page in document order, white space folded; a stretch of it is named by two positions. */
export class TextTape {
  readonly #chunks: string[] = [];
  #length = 0;
  #gap = false;
  #whole: string | null = null;

  /** Characters so far. White space at the end counts only once something follows it. */
  get length(): number {
    return this.#length;
  }

  write(data: string): void {
    const folded = fold(data);
    const text = folded.trim();
    if (text === '') {
      this.#gap ||= folded !== '';
      return;
    }
    const spaced = this.#length > 0 && (this.#gap || folded.startsWith(' '));
    this.#push(spaced ? ` ${text}` : text);
    this.#gap = folded.endsWith(' ');
  }

  /** Parts the text before from the text after, as the edge of a block does. */
  break(): void {
    this.#gap = true;
  }

  slice(start: number, end: number): string {
    this.#whole ??= this.#chunks.join('');
    return this.#whole.slice(start, end).trim();
  }

  #push(chunk: string): void {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    this.#whole = null;
  }
}

function fold(data: string): string {
  return /[^\S ]|\s\s/.test(data) ? data.replace(/\s+/g, ' ') : data;
}
