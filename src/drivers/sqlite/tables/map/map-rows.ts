import type { SectionHead } from '../../../../model/head.ts';
import { int, type Row, text, textOrNull } from '../rows.ts';

/** Columns of a section that say what it is. */
export const SECTION_HEAD = 's.id, s.ord, s.path, s.type, s.heading, s.anchor, s.label';

export function sectionHead(row: Row): SectionHead {
  return {
    id: text(row, 'id'),
    order: int(row, 'ord'),
    path: text(row, 'path'),
    type: text(row, 'type'),
    heading: textOrNull(row, 'heading'),
    anchor: textOrNull(row, 'anchor'),
    label: textOrNull(row, 'label'),
  };
}
