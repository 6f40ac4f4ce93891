import type { SectionType } from '../../model/parsed-page.ts';
import { attribute, type DomElement } from './dom.ts';
import type { TextRange } from './page-text.ts';

/** A heading during extraction. */
export interface SectionHeading {
  /** 1 to 6. */
  readonly level: number;
  /** Empty until `HeadingCollector.readTexts`. */
  text: string;
  readonly anchor: string | null;
}

/** A section during extraction. */
export class SectionDraft {
  type: SectionType;
  readonly parent: SectionDraft | null;
  /** The element that opened the section; null if a heading or text outside of all sections began it. */
  readonly element: DomElement | null;
  /** Last step of its structural path. */
  readonly step: string;
  /** The heading that names the section. */
  heading: SectionHeading | null = null;
  /** Caption or legend, which names a section without a heading. */
  title: TextRange | null = null;
  /** The section holds links or actions. */
  isActive = false;
  /** Position in the finished page; -1 before `orderSections` and for a dropped section. */
  order = -1;
  /** Its own text: alternating start and end positions in the page's text. */
  readonly #edges: number[] = [];
  readonly #steps = new Map<string, number>();

  constructor(type: SectionType, parent: SectionDraft | null, element: DomElement | null, step: string) {
    this.type = type;
    this.parent = parent;
    this.element = element;
    this.step = step;
  }

  /** Whether this is the section for content outside of all sections. */
  get isRoot(): boolean {
    return this.parent === null && this.element === null;
  }

  get edges(): readonly number[] {
    return this.#edges;
  }

  /** Its own text begins or continues at a position. */
  enterAt(position: number): void {
    this.#edges.push(position);
  }

  /** Its own text ends or pauses at a position. */
  leaveAt(position: number): void {
    if (this.#edges.at(-1) === position && this.#edges.length % 2 === 1) this.#edges.pop();
    else this.#edges.push(position);
  }

  /** Whether it has text of its own before a position. Valid while it is the innermost open section. */
  hasTextBefore(position: number): boolean {
    return this.#edges.length > 1 || (this.#edges[0] ?? position) < position;
  }

  /** The next free step for a child section of this type. */
  nextStepFor(type: SectionType, id: string | null): string {
    return nextStep(this.#steps, type, id);
  }
}

/**
 * `type#id` where the id is stable, else `type[n]`, numbered per type below one section. The first `main` is plain
 * `main`. `taken` counts the steps that were handed out.
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

const PLAIN = /^\p{L}[\p{L}\p{N}_.:-]{0,79}$/u;
const GENERATED = /\d{4,}|(?=[a-f]*\d)[a-f\d]{8,}/i;

/** Whether an id looks hand-written. Counters and hashes change from build to build. */
export function isStableId(id: string): boolean {
  return PLAIN.test(id) && !GENERATED.test(id);
}
