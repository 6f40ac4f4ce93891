import { foldText } from '../../../../core/map/fold-text.ts';
import { type Passage, readPassage } from '../../../../core/map/passage.ts';
import { titleParts } from '../../../../core/map/title-parts.ts';
import type { Candidate, KnownWord, SectionHead } from '../../../../ports/graph-store.ts';
import { NAME, OWN_PAGE } from '../../schema.ts';
import type { SqliteFile } from '../../sqlite-file.ts';
import { int, intOrNull, type Row, text, textOrNull } from '../rows.ts';
import { SECTION_HEAD, sectionHead } from './map-rows.ts';

/** Candidates past this many are not taken. */
const MOST = 150;
/** Links to a page that are counted. */
const MOST_LINKS = 200;
/** Texts of one candidate that are read. */
const MOST_BLOCKS = 4;
/** Sections above a section that are looked at. */
const MOST_PARENTS = 20;
/** Leads to the top of a page (HTML, "select the indicated part"). */
const TOP = 'top';

interface PlacedSection {
  readonly head: SectionHead;
  readonly block: number;
}

interface Draft {
  readonly place: number;
  readonly section: PlacedSection | null;
  readonly fragment: string | null;
  readonly headings: Set<string>;
  readonly linkTexts: Set<string>;
  readonly blocks: Set<number>;
}

/** Gathers what was found into pages and sections, each once. */
export class Candidates {
  readonly #file: SqliteFile;
  readonly #words: readonly KnownWord[];
  readonly #links = new Map<number, number>();
  readonly #drafts = new Map<string, Draft>();

  constructor(file: SqliteFile, words: readonly KnownWord[]) {
    this.#file = file;
    this.#words = words;
  }

  get size(): number {
    return this.#drafts.size;
  }

  addPage(place: number): void {
    this.#draft(place, null, null);
  }

  addHeading(place: number, order: number, fragment: string, heading: string): void {
    const section = this.#named(place, order);
    const isSection =
      fragment === '' || fragment === section?.head.anchor || heading === section?.head.heading;
    const isNamed = isSection || this.#isPageName(place, heading);
    this.#draft(place, section, isNamed ? null : fragment)?.headings.add(heading);
  }

  addLink(place: number, fragment: string, linkText: string): void {
    const order = fragment === '' || fragment === TOP ? null : this.#anchored(place, fragment);
    const section = order === null ? null : this.#named(place, order);
    const isPage = fragment === '' || fragment === TOP || this.#isPageName(place, linkText);
    this.#draft(place, section, isPage || order !== null ? null : fragment)?.linkTexts.add(linkText);
  }

  addSection(place: number, order: number, block: number): void {
    this.#draft(place, this.#named(place, order), null)?.blocks.add(block);
  }

  read(): readonly Candidate[] {
    return [...this.#drafts.values()].map((draft) => this.#candidate(draft));
  }

  #draft(place: number, section: PlacedSection | null, fragment: string | null): Draft | null {
    const key = `${place} ${section?.head.order ?? ''} ${fragment ?? ''}`;
    const known = this.#drafts.get(key);
    if (known !== undefined) return known;
    if (this.#drafts.size >= MOST) return null;
    const draft: Draft = {
      place,
      section,
      fragment,
      headings: new Set(),
      linkTexts: new Set(),
      blocks: new Set(section === null ? [] : [section.block]),
    };
    this.#drafts.set(key, draft);
    return draft;
  }

  /**
   * The section that a person would name: the innermost one around that has a name and can be led to, else one that
   * has a name. Null for what is the page itself: its main part, or a section that is called like the page.
   */
  #named(place: number, order: number): PlacedSection | null {
    let named: PlacedSection | null = null;
    let at: number | null = order;
    for (let step = 0; at !== null && step < MOST_PARENTS; step += 1) {
      const row: Row | undefined = this.#section(place, at);
      if (row === undefined) break;
      const head = sectionHead(row);
      const found = { head, block: int(row, 'block') };
      const name = this.#isTeaser(found) ? null : (head.heading ?? head.label);
      if (head.type === 'main' || (name !== null && this.#isPageName(place, name))) break;
      if (name !== null && head.anchor !== null) return found;
      if (name !== null) named ??= found;
      at = intOrNull(row, 'parent');
    }
    return named;
  }

  #section(place: number, order: number): Row | undefined {
    return this.#file
      .sql(`SELECT ${SECTION_HEAD}, s.parent, s.block FROM section s WHERE s.place = ? AND s.ord = ?`)
      .get(place, order) as Row | undefined;
  }

  /** Whether the heading is a link: the section then speaks of another page. */
  #isTeaser({ head, block }: PlacedSection): boolean {
    if (head.heading === null) return false;
    return (
      this.#file
        .sql(`SELECT 1 FROM block_link WHERE block = ? AND target > ${OWN_PAGE} AND text = ? LIMIT 1`)
        .get(block, head.heading) !== undefined
    );
  }

  #anchored(place: number, fragment: string): number | null {
    const row = this.#file
      .sql('SELECT ord FROM section WHERE place = ? AND anchor = ? ORDER BY ord DESC LIMIT 1')
      .get(place, fragment) as Row | undefined;
    return row === undefined ? null : int(row, 'ord');
  }

  /** Whether it is the page's title, the first part of it, or its main heading. */
  #isPageName(place: number, name: string): boolean {
    const rows = this.#file
      .sql(`SELECT text FROM name WHERE place = ? AND kind = ${NAME.title}`)
      .all(place) as Row[];
    const folded = foldText(name);
    return rows.some((row) => {
      const own = text(row, 'text');
      return folded === foldText(own) || folded === foldText(titleParts(own)[0]?.text ?? '');
    });
  }

  #candidate(draft: Draft): Candidate {
    const row = this.#file
      .sql(`SELECT u.url, p.title, p.description, p.language, p.depth FROM page p JOIN place u ON u.k = p.place
        WHERE p.place = ?`)
      .get(draft.place) as Row;
    const passages = [...draft.blocks].slice(0, MOST_BLOCKS).map((block) => this.#passage(block));
    const sum = (said: readonly number[]) => said.reduce((total, likeness) => total + likeness, 0);
    const best = passages.toSorted((a, b) => sum(b.said) - sum(a.said))[0];
    return {
      url: text(row, 'url'),
      title: text(row, 'title'),
      description: textOrNull(row, 'description'),
      language: textOrNull(row, 'language'),
      depth: int(row, 'depth'),
      section: draft.section?.head ?? null,
      linked: this.#linked(draft.place),
      fragment: draft.fragment,
      headings: [...draft.headings],
      linkTexts: [...draft.linkTexts],
      said: this.#words.map((_, word) => Math.max(0, ...passages.map(({ said }) => said[word] ?? 0))),
      snippet: best?.snippet ?? '',
    };
  }

  #linked(place: number): number {
    const known = this.#links.get(place);
    if (known !== undefined) return known;
    const row = this.#file
      .sql(
        `SELECT count(*) AS links FROM (SELECT 1 FROM block_link WHERE target = ? AND target > ${OWN_PAGE} LIMIT ?)`,
      )
      .get(place, MOST_LINKS) as Row;
    const links = int(row, 'links');
    this.#links.set(place, links);
    return links;
  }

  #passage(block: number): Passage {
    const row = this.#file.sql('SELECT text FROM block WHERE k = ?').get(block) as Row;
    return readPassage(text(row, 'text'), this.#words);
  }
}
