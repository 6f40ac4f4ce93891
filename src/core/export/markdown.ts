import type { StoredLink } from '../../model/link.ts';
import type { PageDetail } from '../../model/page.ts';
import type { StoredSection } from '../../model/section.ts';
import type { ExportedSite } from '../../model/site.ts';
import { isBoilerplate } from '../summaries/summary-source.ts';

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

export interface PageMarkdownOptions {
  /** Of the page's title, 1 to 6. */
  readonly level: number;
  /** Texts of links lead where they lead. */
  readonly links: boolean;
}

const DEEPEST_LEVEL = 6;

/**
 * What a page says, under the headings of its sections; menus, footers and the like are left out. Made from the sections
 * on the map: paragraphs of one section are one, for no second copy of a page is kept.
 */
export function pageMarkdown(page: PageDetail, options: PageMarkdownOptions): string {
  const head = `${'#'.repeat(options.level)} ${titleOf(page)}\n\n<${linkTarget(page.url)}>\n`;
  const about = page.description ? `\n> ${markdownText(page.description)}\n` : '';
  const links = Map.groupBy(options.links ? page.linkRows : [], ({ section }) => section);
  const sections = page.sectionRows
    .filter(({ path }) => !isBoilerplate(path))
    .map((section) => sectionMarkdown(section, links.get(section.order) ?? [], options.level));
  return head + about + sections.join('');
}

export function titleOf({ title, url }: Pick<PageDetail, 'title' | 'url'>): string {
  return markdownText(title || url);
}

function sectionMarkdown(section: StoredSection, links: readonly StoredLink[], pageLevel: number): string {
  const { path, heading, label, text } = section;
  const name = heading ?? label;
  const level = Math.min(DEEPEST_LEVEL, pageLevel + path.split('/').length);
  const title = name === null ? '' : `\n${'#'.repeat(level)} ${markdownText(name)}\n`;
  const said = withoutName(text, name).trim();
  return title + (said === '' ? '' : `\n${isListOf(said, links) ? listOf(links) : linked(said, links)}\n`);
}

/** A section's text begins with its heading, which is written already. */
function withoutName(text: string, name: string | null): string {
  return name !== null && text.startsWith(name) ? text.slice(name.length) : text;
}

/** Whether a text is nothing but the texts of its links. */
function isListOf(text: string, links: readonly StoredLink[]): boolean {
  return links.length > 1 && text === links.map((link) => link.text).join(' ');
}

function listOf(links: readonly StoredLink[]): string {
  return links.map((link) => `- ${markdownLink(link)}`).join('\n');
}

/** The text with its links, each at the first place after the one before that says what it is called. */
function linked(text: string, links: readonly StoredLink[]): string {
  const parts: string[] = [];
  let written = 0;
  for (const link of links) {
    const at = link.text === '' ? -1 : text.indexOf(link.text, written);
    if (at < 0) continue;
    parts.push(plain(text.slice(written, at), written === 0), markdownLink(link));
    written = at + link.text.length;
  }
  parts.push(plain(text.slice(written), written === 0));
  return parts.join('');
}

function plain(text: string, isStart: boolean): string {
  if (!isStart) return inlineText(text);
  return markdownText(text) + (/\S\s+$/.test(text) ? ' ' : '');
}

function markdownLink({ url, fragment, text }: StoredLink): string {
  const target = fragment === '' ? url : `${url}#${fragment}`;
  return `[${inlineText(text)}](<${linkTarget(target)}>)`;
}

/** Characters that mean something in a line of Markdown (CommonMark §2.4, §6). */
const INLINE = /[\\`*_[\]<>|~&]/g;
/** Begins a heading, a list or a rule (CommonMark §4.1, §4.2, §4.3, §5.2). */
const BLOCK = /^(\d{0,9})(?=[#+=\-.)])/;

/** Text of one line that means nothing to Markdown. */
export function markdownText(text: string): string {
  return inlineText(text.trim()).replace(BLOCK, '$1\\');
}

/** The same within a line: white space at its ends stays, and what begins a block means nothing there. */
export function inlineText(text: string): string {
  return text.toWellFormed().replace(/\s+/g, ' ').replace(INLINE, '\\$&');
}

/** A URL between angle brackets. */
export function linkTarget(url: string): string {
  return url.replace(/[<>\s]/g, (character) => encodeURIComponent(character));
}
