import type { AccessibleNames } from './accessible-name.ts';
import type { UnhashedSection } from './content-hash.ts';
import type { TextBuffer } from './page-text.ts';
import { idOf, type SectionDraft } from './section-draft.ts';

/** Sets the order of all sections with content and of their ancestors. Drops the others. */
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

/** Sections without their hash. `ordered` comes from `orderSections`. */
export function finishSections(
  ordered: readonly SectionDraft[],
  buffer: TextBuffer,
  names: AccessibleNames,
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
      text: ownText(draft, buffer),
    });
  }
  return sections;
}

function stepOf(draft: SectionDraft): string {
  return draft.isRoot && draft.type === 'main' ? 'main' : draft.step;
}

function labelOf(draft: SectionDraft, heading: string | null, names: AccessibleNames): string | null {
  const aria = draft.element === null ? '' : names.ariaName(draft.element);
  const title = draft.title === null ? '' : names.read(draft.title);
  return aria || heading || title || null;
}

function ownText({ edges }: SectionDraft, buffer: TextBuffer): string {
  const pieces: string[] = [];
  for (let index = 0; index < edges.length; index += 2) {
    const piece = buffer.slice(edges[index] ?? 0, edges[index + 1] ?? 0);
    if (piece !== '') pieces.push(piece);
  }
  return pieces.join(' ');
}
