import type { SectionType } from '../../model/parsed-page.ts';
import type { DomElement } from './dom.ts';
import type { TextRange } from './page-text.ts';
import { idOf, nextStep, SectionDraft, type SectionHeading } from './section-draft.ts';
import type { TextTape } from './text-buffer.ts';

/** Sections inside one another; what is deeper belongs to the section around it. */
export const MAX_SECTION_DEPTH = 24;
/** Sections of one page; what comes later belongs to the section that is open. */
export const MAX_SECTIONS = 5000;

interface OpenSection {
  readonly draft: SectionDraft;
  /** 1 to 6 of a section that a heading began; 0 of any other. */
  readonly level: number;
}

/** These stand beside the page's main content, whatever heading came before them. */
const BESIDE: ReadonlySet<SectionType> = new Set<SectionType>([
  'header',
  'navigation',
  'main',
  'aside',
  'footer',
  'search',
  'dialog',
  'banner',
  'breadcrumb',
  'pagination',
]);
/** Where a heading begins a section of its own. */
const DIVIDED: ReadonlySet<SectionType> = new Set<SectionType>(['main', 'article', 'section']);
/** Where a caption or legend names the whole. */
const ENTITLED: ReadonlySet<SectionType> = new Set<SectionType>(['table', 'form', 'search']);
/** Headings in these belong to an item or a cell. */
const NEVER_NAMED: ReadonlySet<SectionType> = new Set<SectionType>([
  'table',
  'list',
  'breadcrumb',
  'pagination',
]);

/**
 * The sections of a page as they open and close. Text outside of all goes into one that stands for the page: its
 * `main` if it names none, else a section called `top`.
 */
export class SectionTree {
  readonly drafts: SectionDraft[] = [];
  readonly #tape: TextTape;
  readonly #open: OpenSection[] = [];
  readonly #topSteps = new Map<string, number>();

  constructor(tape: TextTape) {
    this.#tape = tape;
  }

  /** Type of the innermost open section; null outside of all. */
  get innermostType(): SectionType | null {
    return this.#open.at(-1)?.draft.type ?? null;
  }

  /** The section that content met now belongs to. */
  current(): SectionDraft {
    return this.#open.at(-1)?.draft ?? this.#openRoot();
  }

  /** Answers false if the page has too many sections, or too many around this one. */
  open(element: DomElement, type: SectionType): boolean {
    if (this.#isFull) return false;
    const parent = this.#parentFor(type);
    this.#push(this.#draft(type, parent, element, idOf(element)), 0);
    return true;
  }

  /** Closes the element's section and those that headings began in it. */
  close(element: DomElement): void {
    while (this.#open.length > 0) {
      const closed = this.#pop();
      if (closed?.element === element) return;
    }
  }

  /** Notes a caption or legend: it names the table or form that is open, if it has no other name. */
  entitle(range: TextRange): void {
    const draft = this.#open.at(-1)?.draft;
    if (draft !== undefined && ENTITLED.has(draft.type)) draft.title ??= range;
  }

  /** Closes what is still open. If the page names a main section, the one that stands for the page is not it. */
  end(): void {
    while (this.#open.length > 0) this.#pop();
    const root = this.drafts.find((draft) => draft.isRoot);
    const hasMain = this.drafts.some((draft) => draft.type === 'main' && !draft.isRoot);
    if (root !== undefined && hasMain) root.type = 'section';
  }

  /** Lets a heading name the section that it begins, or begin one. Answers the section that it belongs to. */
  head(heading: SectionHeading): SectionDraft {
    const draft = this.current();
    if (this.#names(draft, heading)) draft.heading = heading;
    else if (DIVIDED.has(draft.type)) this.#divide(heading);
    return this.current();
  }

  get #isFull(): boolean {
    // One is kept for text that stands outside of all.
    return this.#open.length >= MAX_SECTION_DEPTH || this.drafts.length >= MAX_SECTIONS - 1;
  }

  /** A main section holds several chapters: only a first-level heading names it. */
  #names(draft: SectionDraft, heading: SectionHeading): boolean {
    if (draft.heading !== null || NEVER_NAMED.has(draft.type)) return false;
    if (draft.type === 'main' && heading.level > 1) return false;
    return !draft.hasTextBefore(this.#tape.length);
  }

  #divide(heading: SectionHeading): void {
    while ((this.#open.at(-1)?.level ?? 0) >= heading.level) this.#pop();
    if (this.#isFull) return;
    const draft = this.#draft('section', this.current(), null, heading.anchor);
    draft.heading = heading;
    this.#push(draft, heading.level);
  }

  #parentFor(type: SectionType): SectionDraft | null {
    const isInside = this.#open.some(({ draft }) => draft.element !== null);
    if (isInside) return this.current();
    return BESIDE.has(type) ? null : this.current();
  }

  #draft(type: SectionType, parent: SectionDraft | null, element: DomElement | null, id: string | null) {
    const step = parent === null ? nextStep(this.#topSteps, type, id) : parent.stepFor(type, id);
    const draft = new SectionDraft(type, parent, element, step);
    this.drafts.push(draft);
    return draft;
  }

  #openRoot(): SectionDraft {
    const root = new SectionDraft('main', null, null, 'top');
    this.drafts.push(root);
    this.#push(root, 0);
    return root;
  }

  #push(draft: SectionDraft, level: number): void {
    const position = this.#tape.length;
    this.#open.at(-1)?.draft.leaveAt(position);
    draft.enterAt(position);
    this.#open.push({ draft, level });
  }

  #pop(): SectionDraft | null {
    const position = this.#tape.length;
    const closed = this.#open.pop()?.draft ?? null;
    closed?.leaveAt(position);
    this.#open.at(-1)?.draft.enterAt(position);
    return closed;
  }
}
