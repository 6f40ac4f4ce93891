import type { SectionType } from '../../model/parsed-page.ts';
import type { DomElement } from './dom.ts';
import type { TextBuffer, TextRange } from './page-text.ts';
import { idOf, nextStep, SectionDraft, type SectionHeading } from './section-draft.ts';

/** Maximum depth of nested sections; deeper content belongs to the section around it. */
export const MAX_SECTION_DEPTH = 24;
/** Maximum number of sections of a page; later content belongs to the open section. */
export const MAX_SECTIONS = 5000;

interface OpenSection {
  readonly draft: SectionDraft;
  /** 1 to 6 if a heading began the section, else 0. */
  readonly level: number;
}

/** Sections beside the page's main content, whatever heading precedes them. */
const TOP_LEVEL: ReadonlySet<SectionType> = new Set<SectionType>([
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
/** Sections in which a heading begins a section of its own. */
const DIVIDED: ReadonlySet<SectionType> = new Set<SectionType>(['main', 'article', 'section']);
/** Sections that a caption or legend names. */
const TITLED: ReadonlySet<SectionType> = new Set<SectionType>(['table', 'form', 'search']);
/** Sections that no heading names: a heading in them belongs to an item or a cell. */
const UNNAMED: ReadonlySet<SectionType> = new Set<SectionType>(['table', 'list', 'breadcrumb', 'pagination']);

/**
 * Builds the tree of sections as elements open and close. Content outside of all sections belongs to a root section:
 * `main` if the page has no main section, else a section with the step `top`.
 */
export class SectionTree {
  readonly drafts: SectionDraft[] = [];
  readonly #buffer: TextBuffer;
  readonly #open: OpenSection[] = [];
  readonly #topSteps = new Map<string, number>();

  constructor(buffer: TextBuffer) {
    this.#buffer = buffer;
  }

  /** Type of the innermost open section; null outside of all. */
  get innermostType(): SectionType | null {
    return this.#open.at(-1)?.draft.type ?? null;
  }

  /** The section of the current content. */
  current(): SectionDraft {
    return this.#open.at(-1)?.draft ?? this.#openRoot();
  }

  /** Returns false if the page is at its limit of sections or of their depth. */
  open(element: DomElement, type: SectionType): boolean {
    if (this.#isFull) return false;
    const parent = this.#parentFor(type);
    this.#push(this.#draft(type, parent, element, idOf(element)), 0);
    return true;
  }

  /** Closes the element's section and the sections that headings began in it. */
  close(element: DomElement): void {
    while (this.#open.length > 0) {
      const closed = this.#pop();
      if (closed?.element === element) return;
    }
  }

  /** Sets a caption or legend as the title of the open table or form, unless it has one. */
  setTitle(range: TextRange): void {
    const draft = this.#open.at(-1)?.draft;
    if (draft !== undefined && TITLED.has(draft.type)) draft.title ??= range;
  }

  /** Closes all open sections. If the page has a main section, the root section is a plain section. */
  end(): void {
    while (this.#open.length > 0) this.#pop();
    const root = this.drafts.find((draft) => draft.isRoot);
    const hasMain = this.drafts.some((draft) => draft.type === 'main' && !draft.isRoot);
    if (root !== undefined && hasMain) root.type = 'section';
  }

  /** Lets a heading name the current section or begin a new one. Returns the heading's section. */
  addHeading(heading: SectionHeading): SectionDraft {
    const draft = this.current();
    if (this.#names(draft, heading)) draft.heading = heading;
    else if (DIVIDED.has(draft.type)) this.#divide(heading);
    return this.current();
  }

  get #isFull(): boolean {
    // One section is reserved for content outside of all sections.
    return this.#open.length >= MAX_SECTION_DEPTH || this.drafts.length >= MAX_SECTIONS - 1;
  }

  /** A main section holds several chapters, so only a heading of level 1 names it. */
  #names(draft: SectionDraft, heading: SectionHeading): boolean {
    if (draft.heading !== null || UNNAMED.has(draft.type)) return false;
    if (draft.type === 'main' && heading.level > 1) return false;
    return !draft.hasTextBefore(this.#buffer.length);
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
    return TOP_LEVEL.has(type) ? null : this.current();
  }

  #draft(type: SectionType, parent: SectionDraft | null, element: DomElement | null, id: string | null) {
    const step = parent === null ? nextStep(this.#topSteps, type, id) : parent.nextStepFor(type, id);
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
    const position = this.#buffer.length;
    this.#open.at(-1)?.draft.leaveAt(position);
    draft.enterAt(position);
    this.#open.push({ draft, level });
  }

  #pop(): SectionDraft | null {
    const position = this.#buffer.length;
    const closed = this.#open.pop()?.draft ?? null;
    closed?.leaveAt(position);
    this.#open.at(-1)?.draft.enterAt(position);
    return closed;
  }
}
