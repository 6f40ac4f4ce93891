import type { SectionHead } from '../../model/head.ts';
import type { Candidate, KnownWord } from '../../model/question.ts';
import { titleParts } from './names.ts';
import { type Passage, readPassage } from './passage.ts';
import { foldText } from './words.ts';

/** Names and texts that are judged, of those that match a question. */
export const MAX_NAMES = 40;
export const MAX_TEXTS = 30;
/** Texts of one candidate that are read. */
const MAX_BLOCKS = 4;
/** Sections above a section that are looked at. */
export const MAX_PARENTS = 20;
/** Leads to the top of a page (HTML, "select the indicated part"). */
const TOP = 'top';

/** A section where it stands. `K` is a store's key of pages and blocks. */
export interface PlacedSection<K> {
  readonly head: SectionHead;
  readonly block: K;
  /** Order of the section around it; null at the top. */
  readonly parent: number | null;
  /** Its heading is a link: it speaks of another page. */
  readonly isTeaser: boolean;
}

/** What the map says of things that were found. */
export interface MapFacts<K> {
  section(page: K, order: number): PlacedSection<K> | undefined;
  /** Order of the innermost section with this anchor; null if there is none. */
  anchored(page: K, fragment: string): number | null;
  /** What the page calls itself: its title and its main heading. */
  titles(page: K): readonly string[];
  about(page: K): Pick<Candidate, 'url' | 'title' | 'description' | 'language' | 'depth' | 'linked'>;
  /** Text of a block. */
  text(block: K): string;
  /** Summary of a block; empty if it has none. */
  blockSummary(block: K): string;
  /** Summary of a page; empty if it has none. */
  pageSummary(page: K): string;
}

/** A name as it was found. */
export type FoundName<K> =
  | { readonly kind: 'title'; readonly page: K }
  | {
      readonly kind: 'heading';
      readonly page: K;
      readonly fragment: string;
      readonly text: string;
      /** Of the section that has it. */
      readonly order: number;
    }
  | { readonly kind: 'link'; readonly page: K; readonly fragment: string; readonly text: string };

interface Draft<K> {
  readonly page: K;
  readonly section: PlacedSection<K> | null;
  readonly fragment: string | null;
  readonly headings: Set<string>;
  readonly linkTexts: Set<string>;
  readonly blocks: Set<K>;
}

/** Gathers what was found into pages and sections, each once: the same on all stores. */
export class Candidates<K extends number> {
  readonly #facts: MapFacts<K>;
  readonly #words: readonly KnownWord[];
  readonly #drafts = new Map<string, Draft<K>>();

  constructor(facts: MapFacts<K>, words: readonly KnownWord[]) {
    this.#facts = facts;
    this.#words = words;
  }

  get size(): number {
    return this.#drafts.size;
  }

  /** Pages that candidates are, or stand on. */
  get pages(): ReadonlySet<K> {
    return new Set([...this.#drafts.values()].map(({ page }) => page));
  }

  /** Blocks whose texts `read` asks for. */
  get blocks(): ReadonlySet<K> {
    return new Set([...this.#drafts.values()].flatMap(blocksOf));
  }

  addName(name: FoundName<K>): void {
    if (name.kind === 'title') this.addPage(name.page);
    else if (name.kind === 'heading') this.#addHeading(name.page, name.order, name.fragment, name.text);
    else this.#addLink(name.page, name.fragment, name.text);
  }

  addPage(page: K): void {
    this.#draft(page, null, null);
  }

  addSection(page: K, order: number, block: K): void {
    this.#draft(page, this.#named(page, order), null).blocks.add(block);
  }

  read(): readonly Candidate[] {
    return [...this.#drafts.values()].map((draft) => this.#candidate(draft));
  }

  #addHeading(page: K, order: number, fragment: string, heading: string): void {
    const section = this.#named(page, order);
    const isSection =
      fragment === '' || fragment === section?.head.anchor || heading === section?.head.heading;
    const isNamed = isSection || this.#isPageName(page, heading);
    this.#draft(page, section, isNamed ? null : fragment).headings.add(heading);
  }

  #addLink(page: K, fragment: string, linkText: string): void {
    const order = fragment === '' || fragment === TOP ? null : this.#facts.anchored(page, fragment);
    const section = order === null ? null : this.#named(page, order);
    const isPage = fragment === '' || fragment === TOP || this.#isPageName(page, linkText);
    this.#draft(page, section, isPage || order !== null ? null : fragment).linkTexts.add(linkText);
  }

  #draft(page: K, section: PlacedSection<K> | null, fragment: string | null): Draft<K> {
    const key = `${page} ${section?.head.order ?? ''} ${fragment ?? ''}`;
    const known = this.#drafts.get(key);
    if (known !== undefined) return known;
    const blocks = new Set(section === null ? [] : [section.block]);
    const draft: Draft<K> = {
      page,
      section,
      fragment,
      headings: new Set(),
      linkTexts: new Set(),
      blocks,
    };
    this.#drafts.set(key, draft);
    return draft;
  }

  /**
   * The section that a person would name: the innermost one around that has a name and can be led to, else one that
   * has a name. Null for what is the page itself: its main part, or a section that is called like the page.
   */
  #named(page: K, order: number): PlacedSection<K> | null {
    let named: PlacedSection<K> | null = null;
    let at: number | null = order;
    for (let step = 0; at !== null && step < MAX_PARENTS; step += 1) {
      const found: PlacedSection<K> | undefined = this.#facts.section(page, at);
      if (found === undefined) break;
      const { head } = found;
      const name = found.isTeaser ? null : (head.heading ?? head.label);
      if (head.type === 'main' || (name !== null && this.#isPageName(page, name))) break;
      if (name !== null && head.anchor !== null) return found;
      if (name !== null) named ??= found;
      at = found.parent;
    }
    return named;
  }

  /** Whether it is the page's title, the first part of it, or its main heading. */
  #isPageName(page: K, name: string): boolean {
    const folded = foldText(name);
    return this.#facts
      .titles(page)
      .some((own) => folded === foldText(own) || folded === foldText(titleParts(own)[0]?.text ?? ''));
  }

  /** Own words first: they are shown where both say the same. */
  #texts(draft: Draft<K>): readonly string[] {
    const blocks = blocksOf(draft);
    return [
      ...blocks.map((block) => this.#facts.text(block)),
      ...blocks.map((block) => this.#facts.blockSummary(block)),
      draft.section === null ? this.#facts.pageSummary(draft.page) : '',
    ].filter((text) => text !== '');
  }

  #candidate(draft: Draft<K>): Candidate {
    const passages = this.#texts(draft).map((text) => readPassage(text, this.#words));
    const sum = ({ said }: Passage) => said.reduce((total, likeness) => total + likeness, 0);
    const best = passages.toSorted((a, b) => sum(b) - sum(a))[0];
    return {
      ...this.#facts.about(draft.page),
      section: draft.section?.head ?? null,
      fragment: draft.fragment,
      headings: [...draft.headings].sort(),
      linkTexts: [...draft.linkTexts].sort(),
      said: this.#words.map((_, word) => Math.max(0, ...passages.map(({ said }) => said[word] ?? 0))),
      snippet: best?.snippet ?? '',
    };
  }
}

/** The same ones, whatever order they were found in. */
function blocksOf<K extends number>({ blocks }: Draft<K>): K[] {
  return [...blocks].sort((a, b) => a - b).slice(0, MAX_BLOCKS);
}
