/** Comments and CDATA, in which an ampersand is text, and ampersands that begin no reference. */
const REPAIRED = /<!--|-->|<!\[CDATA\[|\]\]>|&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[\da-f]{1,6});)/gi;
/** Longer than anything that `REPAIRED` looks at. */
const HELD_BACK = 12;

/**
 * Escapes ampersands that begin no reference (`?a=1&b=2`), which many sitemaps have: an XML parser takes what follows,
 * up to the next semicolon, for the name of an entity.
 */
export class AmpersandRepair {
  #held = '';
  /** What ends the comment or CDATA section that is open. */
  #closer: '-->' | ']]>' | null = null;

  /** Returns the repaired text, but for its last few characters, which the next call returns. */
  repair(text: string, isLast: boolean): string {
    const all = this.#held + text;
    const limit = isLast ? all.length : Math.max(0, all.length - HELD_BACK);
    let repaired = '';
    let end = 0;
    for (const { 0: mark, index } of all.matchAll(REPAIRED)) {
      if (index >= limit) break;
      repaired += all.slice(end, index) + this.#replacementOf(mark);
      end = index + mark.length;
    }
    const cut = Math.max(end, limit);
    this.#held = all.slice(cut);
    return repaired + all.slice(end, cut);
  }

  #replacementOf(mark: string): string {
    if (mark === this.#closer) this.#closer = null;
    else if (this.#closer !== null) return mark;
    else if (mark === '&') return '&amp;';
    else if (mark === '<!--') this.#closer = '-->';
    else if (mark === '<![CDATA[') this.#closer = ']]>';
    return mark;
  }
}
