import { linkTarget, markdownText } from './markdown-text.ts';
import { pageMarkdown, titleOf } from './page-markdown.ts';
import type { ExportedSite } from './read-site.ts';

const PAGE = { level: 2, links: false } as const;

/**
 * One document: the list of pages, then each page with what it says, under the headings of its sections. Menus, footers
 * and the like are left out. The site is read twice.
 */
export async function* exportMarkdown({ site, pages }: ExportedSite): AsyncGenerator<string> {
  yield `# ${markdownText(site.title || site.host)}\n\n<${site.url}>\n\n`;
  for await (const page of pages()) yield `- [${titleOf(page)}](<${linkTarget(page.url)}>)\n`;
  for await (const page of pages()) yield `\n${pageMarkdown(page, PAGE)}`;
}
