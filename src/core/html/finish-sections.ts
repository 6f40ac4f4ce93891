import type { ParsedLink, ParsedSection } from '../../model/parsed-page.ts';
import { contentHash } from './content-hash.ts';
import type { NameSources } from './name-sources.ts';
import { idOf, type SectionDraft } from './section-draft.ts';
import type { TextTape } from './text-buffer.ts';

type UnhashedSection = Omit<ParsedSection, 'hash'>;

/** Gives the sections that hold something their order; one that holds nothing but such sections is kept too. */
export function orderSections(drafts: readonly SectionDraft[]): readonly SectionDraft[] {
  const kept = new Set<SectionDraft>();
  for (const draft of drafts.toReversed()) {
    if (!kept.has(draft) && !draft.isActive && draft.edges.length === 0) continue;
    kept.add(draft);
    if (draft.parent !== null) kept.add(draft.parent);
  }
  const ordered = drafts.filter((draft) => kept.has(draft));
  for (const [order, draft] of ordered.entries()) draft.order = order;
  return ordered;
}

/** Sections in their final form, but for the hash. Takes sections that have their order. */
export function finishSections(
  ordered: readonly SectionDraft[],
  tape: TextTape,
  names: NameSources,
): UnhashedSection[] {
  const sections: UnhashedSection[] = [];
  for (const draft of ordered) {
    const parent = draft.parent === null ? null : draft.parent.order;
    const above = parent === null ? '' : `${sections[parent]?.path ?? ''}/`;
    const heading = draft.heading?.text || null;
    sections.push({
      order: draft.order,
      path: above + stepOf(draft),
      type: draft.type,
      parent,
      heading,
      anchor: idOf(draft.element) ?? draft.heading?.anchor ?? null,
      label: labelOf(draft, heading, names),
      text: ownText(draft, tape),
    });
  }
  return sections;
}

/**
 * Adds to each section the hash of its type, text and links. Links to the page's own URL count as such, whatever the
 * URL is, so that a menu has one hash on all pages that show it.
 */
export function hashSections(
  sections: readonly UnhashedSection[],
  links: readonly ParsedLink[],
  isSelf: (url: string) => boolean,
): ParsedSection[] {
  const parts = sections.map((section) => [section.type, section.text]);
  for (const link of links) {
    const target = isSelf(link.url) ? '' : link.url;
    parts[link.section]?.push(`${target}#${link.fragment}`, link.text, link.role, ...link.rel);
  }
  return sections.map((section, index) => ({ ...section, hash: contentHash(parts[index] ?? []) }));
}

function stepOf(draft: SectionDraft): string {
  return draft.isRoot && draft.type === 'main' ? 'main' : draft.step;
}

function labelOf(draft: SectionDraft, heading: string | null, names: NameSources): string | null {
  const aria = draft.element === null ? '' : names.ariaName(draft.element);
  const title = draft.title === null ? '' : names.read(draft.title);
  return aria || heading || title || null;
}

function ownText({ edges }: SectionDraft, tape: TextTape): string {
  const pieces: string[] = [];
  for (let index = 0; index < edges.length; index += 2) {
    const piece = tape.slice(edges[index] ?? 0, edges[index + 1] ?? 0);
    if (piece !== '') pieces.push(piece);
  }
  return pieces.join(' ');
}
