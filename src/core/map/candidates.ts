import type { Candidate, SearchWord } from '../../model/search-query.ts';
import type {
  BlockDetails,
  MatchDetails,
  MatchedName,
  MatchedText,
  MatchPlace,
  PageDetails,
  PlacedSection,
} from '../../ports/search-index.ts';
import { titleParts } from './names.ts';
import { type Passage, readPassage } from './passage.ts';
import { MAX_LINKED } from './rank.ts';
import { foldText } from './words.ts';

/** Texts of one candidate that are searched for words. */
const MAX_BLOCKS = 4;
/** Sections around a section that are considered. */
const MAX_PARENTS = 20;
/** Leads to the top of a page (HTML, "select the indicated part"). */
const TOP = 'top';

interface Draft {
  readonly page: number;
  readonly section: PlacedSection | null;
  readonly fragment: string | null;
  readonly headings: Set<string>;
  readonly linkTexts: Set<string>;
  readonly blocks: Set<number>;
}

/** Gathers matches into pages and sections, each once. */
export class Candidates {
  readonly #words: readonly SearchWord[];
  readonly #drafts = new Map<string, Draft>();

  constructor(words: readonly SearchWord[]) {
    this.#words = words;
  }

  /** Pages that candidates are, or stand on. */
  get pages(): readonly number[] {
    return [...new Set([...this.#drafts.values()].map(({ page }) => page))];
  }

  /** Blocks with the texts of candidates. */
  get blocks(): readonly number[] {
    return [...new Set([...this.#drafts.values()].flatMap(blocksOf))];
  }

  addName(match: MatchedName): void {
    if (match.kind === 'title') this.#draft(match.page, null, null);
    else if (match.kind === 'heading') this.#addHeading(match);
    else this.#addLink(match);
  }

  addText(match: MatchedText): void {
    if (match.section === null) this.#draft(match.page, null, null);
    else this.#draft(match.page, sectionOf(match), null).blocks.add(match.block);
  }

  /** @param details of `pages` and `blocks`. */
  read(details: MatchDetails): readonly Candidate[] {
    const pages = new Map(details.pages.map((page) => [page.page, page]));
    const blocks = new Map(details.blocks.map((block) => [block.block, block]));
    return [...this.#drafts.values()].flatMap((draft) => {
      const page = pages.get(draft.page);
      return page === undefined ? [] : [this.#candidate(draft, page, blocks)];
    });
  }

  #addHeading(match: MatchedName): void {
    const { page, fragment, text: heading } = match;
    const section = sectionOf(match);
    const isSection =
      fragment === '' || fragment === section?.head.anchor || heading === section?.head.heading;
    const isNamed = isSection || isPageName(match, heading);
    this.#draft(page, section, isNamed ? null : fragment).headings.add(heading);
  }

  #addLink(match: MatchedName): void {
    const { page, fragment, text } = match;
    const isTop = fragment === '' || fragment === TOP;
    const section = isTop ? null : sectionOf(match);
    const hasSection = !isTop && match.section !== null;
    const isNamed = isTop || hasSection || isPageName(match, text);
    this.#draft(page, section, isNamed ? null : fragment).linkTexts.add(text);
  }

  #draft(page: number, section: PlacedSection | null, fragment: string | null): Draft {
    const key = `${page} ${section?.head.order ?? ''} ${fragment ?? ''}`;
    const existing = this.#drafts.get(key);
    if (existing !== undefined) return existing;
    const blocks = new Set(section === null ? [] : [section.block]);
    const draft = {
      page,
      section,
      fragment,
      headings: new Set<string>(),
      linkTexts: new Set<string>(),
      blocks,
    };
    this.#drafts.set(key, draft);
    return draft;
  }

  #candidate(draft: Draft, about: PageDetails, blocks: ReadonlyMap<number, BlockDetails>): Candidate {
    const passages = textsOf(draft, about, blocks).map((text) => readPassage(text, this.#words));
    const sum = ({ textScores }: Passage) => textScores.reduce((total, likeness) => total + likeness, 0);
    const best = passages.toSorted((a, b) => sum(b) - sum(a))[0];
    const { page: _, summary: __, ...head } = about;
    return {
      ...head,
      linked: Math.min(head.linked, MAX_LINKED),
      section: draft.section?.head ?? null,
      fragment: draft.fragment,
      headings: [...draft.headings].sort(),
      linkTexts: [...draft.linkTexts].sort(),
      textScores: this.#words.map((_, word) =>
        Math.max(0, ...passages.map(({ textScores }) => textScores[word] ?? 0)),
      ),
      snippet: best?.snippet ?? '',
    };
  }
}

/**
 * The section that a person would name: the innermost one around a match that has a name and an anchor, else one that
 * has a name. Null for what is the page itself: its main part, or a section with the name of the page.
 */
function sectionOf(match: MatchPlace): PlacedSection | null {
  const byOrder = new Map(match.sections.map((section) => [section.head.order, section]));
  let named: PlacedSection | null = null;
  let order = match.section;
  for (let step = 0; order !== null && step < MAX_PARENTS; step += 1) {
    const section = byOrder.get(order);
    if (section === undefined) break;
    const { head } = section;
    const name = section.isTeaser ? null : (head.heading ?? head.label);
    if (head.type === 'main' || (name !== null && isPageName(match, name))) break;
    if (name !== null && head.anchor !== null) return section;
    if (name !== null) named ??= section;
    order = section.parent;
  }
  return named;
}

/** Whether it is the page's title, the first part of it, or its main heading. */
function isPageName({ titles }: MatchPlace, name: string): boolean {
  const folded = foldText(name);
  return titles.some(
    (own) => folded === foldText(own) || folded === foldText(titleParts(own)[0]?.text ?? ''),
  );
}

/** Own words come first: of equal passages the first is shown. */
function textsOf(
  draft: Draft,
  about: PageDetails,
  details: ReadonlyMap<number, BlockDetails>,
): readonly string[] {
  const blocks = blocksOf(draft).map((block) => details.get(block));
  return [
    ...blocks.map((block) => block?.text ?? ''),
    ...blocks.map((block) => block?.summary ?? ''),
    draft.section === null ? about.summary : '',
  ].filter((text) => text !== '');
}

/** The same blocks whatever order they were found in. */
function blocksOf({ blocks }: Draft): number[] {
  return [...blocks].sort((a, b) => a - b).slice(0, MAX_BLOCKS);
}
