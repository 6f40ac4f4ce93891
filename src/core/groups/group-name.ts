import { ANY } from './url-template.ts';

const MAX_LENGTH = 80;
/** What a step holds beside its words: the ending of a file, marks between words. */
const MARKS = /[-_+.]+/g;

/** What a group is called: the last step of its pattern that does not differ, in words; else its host. */
export function groupName(pattern: string): string {
  const [place = ''] = pattern.split('?', 1);
  const [, , host = '', ...steps] = place.split('/');
  const told = steps.findLast((step) => step !== '' && !step.startsWith(ANY));
  return told === undefined ? host : (decoded(told).replace(MARKS, ' ').trim() || told).slice(0, MAX_LENGTH);
}

function decoded(step: string): string {
  try {
    return decodeURIComponent(step);
  } catch {
    return step;
  }
}
