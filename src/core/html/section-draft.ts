import type { SectionType } from '../../model/parsed-page.ts';
import { attribute, type DomElement } from './dom.ts';
import type { TextRange } from './page-text.ts';
import { isStableId } from './stable-id.ts';

/** A heading while the page is read. */
export interface SectionHeading {
  /** 1 to 6. */
  readonly level: number;
  /** Empty until the page was read. */
  text: string;
  readonly anchor: string | null;
}

/** A section while the page is read. */
export class SectionDraft {
  type: SectionType;
  readonly parent: SectionDraft | null;
  /** The element that it stands for; null if a heading or stray text began it. */
  readonly element: DomElement | null;
  /** Its step of the structural path, without those of the sections around it. */
  readonly step: string;
  /** What names it. */
  heading: SectionHeading | null = null;
  /** What names it in the absence of a heading: its caption or legend. */
  title: TextRange | null = null;
  /** Links or actions stand in it. */
  isActive = false;
  /** Position in the finished page; -1 while it is not known, and for one that was dropped. */
  order = -1;
  /** Its own text: starts and ends on the tape, in turn. */
  readonly #edges: number[] = [];
  readonly #steps = new Map<string, number>();

  constructor(type: SectionType, parent: SectionDraft | null, element: DomElement | null, step: string) {
    this.type = type;
    this.parent = parent;
    this.element = element;
    this.step = step;
  }

  /** Whether it stands for the page outside of all sections. */
  get isRoot(): boolean {
    return this.parent === null && this.element === null;
  }

  get edges(): readonly number[] {
    return this.#edges;
  }

  /** Its own text begins, or goes on, at a position of the tape. */
  enterAt(position: number): void {
    this.#edges.push(position);
  }

  /** Its own text ends, or is broken off, at a position of the tape. */
  leaveAt(position: number): void {
    if (this.#edges.at(-1) === position && this.#edges.length % 2 === 1) this.#edges.pop();
    else this.#edges.push(position);
  }

  /** Whether it had text of its own before a position; while it is the innermost one. */
  hasTextBefore(position: number): boolean {
    return this.#edges.length > 1 || (this.#edges[0] ?? position) < position;
  }

  /** The next free step for a section of this type below it. */
  stepFor(type: SectionType, id: string | null): string {
    return nextStep(this.#steps, type, id);
  }
}

/**
 * `type#id` where the id is a lasting one, else `type[n]`, counted among its like below one section. The first
 * `main` is plain `main`. `taken` remembers what was given.
 */
export function nextStep(taken: Map<string, number>, type: SectionType, id: string | null): string {
  const base = id !== null && isStableId(id) ? `${type}#${id}` : type;
  const count = (taken.get(base) ?? 0) + 1;
  taken.set(base, count);
  const isPlain = count === 1 && (base !== type || type === 'main');
  return isPlain ? base : `${base}[${count}]`;
}

export function idOf(element: DomElement | null): string | null {
  const id = element === null ? null : attribute(element, 'id');
  return id === null || id === '' ? null : id;
}
