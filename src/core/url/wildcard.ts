/** Tells whether a whole text matches. */
export type WildcardMatcher = (text: string) => boolean;

/**
 * Compiles a pattern in which `*` stands for any run of characters, also none; the whole text must match.
 * Each literal between two stars is taken where it is found first, which is right for `*` and never goes back:
 * the time is linear in text and pattern.
 */
export function compileWildcard(pattern: string): WildcardMatcher {
  const [head = '', ...rest] = pattern.split('*');
  const tail = rest.pop();
  if (tail === undefined) return (text) => text === head;

  const middle = rest.filter((literal) => literal !== '');
  const shortest = middle.reduce((sum, literal) => sum + literal.length, head.length + tail.length);
  return (text) =>
    text.length >= shortest &&
    text.startsWith(head) &&
    text.endsWith(tail) &&
    holdsInOrder(text, middle, head.length, text.length - tail.length);
}

/** Whether the literals stand one behind the other in `text` between `from` and `to`. */
function holdsInOrder(text: string, literals: readonly string[], from: number, to: number): boolean {
  let position = from;
  for (const literal of literals) {
    const found = text.indexOf(literal, position);
    if (found < 0) return false;
    position = found + literal.length;
  }
  return position <= to;
}
