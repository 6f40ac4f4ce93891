import type { ParsedHeading } from '../../model/parsed-page.ts';
import type { PageMeta } from './page-meta.ts';

/** The page's title; where it has none, that of its preview, its first top heading, or the end of its URL. */
export function titleOf(meta: PageMeta, headings: readonly ParsedHeading[], url: string): string {
  const heading = headings.find(({ level }) => level === 1);
  return meta.title || meta.property('og:title') || heading?.text || titleOfUrl(url);
}

function titleOfUrl(url: string): string {
  const { host, pathname } = new URL(url);
  const last = pathname.split('/').findLast((step) => step !== '');
  return last === undefined ? host : decoded(last);
}

function decoded(step: string): string {
  try {
    return decodeURIComponent(step);
  } catch {
    return step;
  }
}
