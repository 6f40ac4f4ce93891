import type { SectionHead } from '../../model/head.ts';
import type { LinkPlace, Route, Step, Target } from '../../model/route.ts';

const PLACES: Readonly<Record<LinkPlace, string>> = {
  content: '',
  menu: ' in the menu',
  footer: ' in the footer',
  breadcrumb: ' in the breadcrumb',
  pagination: ' among the page numbers',
};

/** The instruction for a step, in a sentence that can be read aloud. */
export function stepSentence({ text, place, section, role, target }: Step): string {
  const what = text === '' ? `the ${role} without a name that leads to “${target.title}”` : `“${text}”`;
  const name = sectionName(section);
  const where = place === 'content' && name !== null ? ` in the section “${name}”` : PLACES[place];
  return `Choose ${what}${where}.`;
}

/** Where on its page a target is; null if it is the page itself. */
export function lookSentence({ heading, section, fragment }: Target): string | null {
  if (section === null && fragment === null) return null;
  return heading === null
    ? `On this page, go to #${fragment}.`
    : `On this page, go to the section “${heading}”.`;
}

/** The result of a navigation in one sentence. */
export function routeSentence({ status, target, clicks }: Route): string {
  if (target === null) return 'No page matches this text. Try fewer or other words.';
  const place = target.section !== null || target.fragment !== null;
  const name =
    place && target.heading !== null ? `“${target.heading}” on “${target.title}”` : `“${target.title}”`;
  switch (status) {
    case 'here':
      return `You are there: ${name} is on this page.`;
    case 'too-far':
      return `${name} is ${clicks} clicks away, more than you allow.`;
    case 'unreachable':
      return `${name} is on the map, but no links lead there from this page.`;
    default:
      return `${name} is ${clicks === 1 ? 'one click' : `${clicks} clicks`} away.`;
  }
}

/** What a section is called; null if it has no name. */
export function sectionName({ heading, label }: Pick<SectionHead, 'heading' | 'label'>): string | null {
  return heading ?? label;
}
