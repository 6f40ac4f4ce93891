const SEPARATOR = /\s+[|·•»«›‹:—–-]\s+|\s*[|»›]\s*/u;
/** A title names the page first and the site after it, mostly. */
const LATER_WORTH = 0.6;

const NUMBER = /^\d+(?:\.\d+)*\.?\s+(?=\S)/;

/** A text that something is called by, and how far it can be trusted to be the thing's own name. */
export interface TitlePart {
  readonly text: string;
  readonly worth: number;
}

/** The names in a title: `Rooms · Saltmere Library` is called `Rooms` first. */
export function titleParts(title: string): readonly TitlePart[] {
  const [first, ...later] = title.split(SEPARATOR).filter((part) => part !== '');
  if (first === undefined) return [];
  return [{ text: withoutNumber(first), worth: 1 }, ...later.map((text) => ({ text, worth: LATER_WORTH }))];
}

/** A heading without the number of its chapter: `5.1.3. List Comprehensions`. */
export function withoutNumber(heading: string): string {
  return heading.replace(NUMBER, '');
}
