import type { ParsedHeading, ParsedPage } from '../../model/parsed-page.ts';

/**
 * The headings that name places on their page. One that is a link to another page names what it leads to; one that
 * leads to a place on its own page, as headings lead back to a table of contents, is a name all the same.
 *
 * @param url the page's own.
 */
export function ownHeadings(url: string, { headings, links }: ParsedPage): readonly ParsedHeading[] {
  const elsewhere = links.filter((link) => link.url !== url);
  const linked = new Set(elsewhere.map(({ section, text }) => `${section} ${text}`));
  return headings.filter(({ section, text }) => !linked.has(`${section} ${text}`));
}
