import type { PaginationSign } from '../../model/pagination.ts';
import type { ParsedLink, ParsedPage } from '../../model/parsed-page.ts';
import { type ControlRole, controlRoleOf, isDoubleArrow } from './control-label.ts';
import { isPageFragment } from './page-slot.ts';

/** A link to a next, previous, first or last page, or to more items. */
export interface Control {
  readonly role: ControlRole;
  readonly url: string;
  readonly label: string;
  readonly section: number;
  readonly sign: PaginationSign;
}

/** Controls that are looked at on one page. */
const MAX_CONTROLS = 1000;

/** The links whose label or `rel` names a function of a pagination. */
export function controlsOf({ links }: Pick<PaginationSource, 'links'>): readonly Control[] {
  const controls: Control[] = [];
  for (const link of links) {
    const role = roleOf(link);
    if (role === null) continue;
    controls.push({ ...role, url: addressOf(link), label: link.text, section: link.section });
    if (controls.length === MAX_CONTROLS) break;
  }
  const neighbours = new Set(controls.filter(({ label }) => !isDoubleArrow(label)).map(placeOf));
  return controls.map((control) => (neighbours.has(placeOf(control)) ? asEnd(control) : control));
}

/** The URL; with its fragment if that holds the page number, as on pages that a script loads. */
export function addressOf({ url, fragment }: Pick<ParsedLink, 'url' | 'fragment'>): string {
  return isPageFragment(fragment) ? `${url}#${fragment}` : url;
}

function roleOf({ rel, text }: ParsedLink): Pick<Control, 'role' | 'sign'> | null {
  const role = controlRoleOf(text);
  if (role !== null) return { role, sign: 'label' };
  if (rel.includes('next')) return { role: 'next', sign: 'rel' };
  return rel.includes('prev') ? { role: 'previous', sign: 'rel' } : null;
}

function placeOf({ role, section }: Pick<Control, 'role' | 'section'>): string {
  return `${role} ${section}`;
}

/** Beside a single arrow or a word, a double arrow leads to the end. */
function asEnd(control: Control): Control {
  if (!isDoubleArrow(control.label)) return control;
  return { ...control, role: control.role === 'next' ? 'last' : 'first' };
}

/** The parts of a page that its pagination is detected from, and its canonical URL. */
export interface PaginationSource
  extends Pick<ParsedPage, 'links' | 'sections' | 'actions' | 'neighbours' | 'current'> {
  readonly url: string;
}
