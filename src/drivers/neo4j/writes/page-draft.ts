import { hash } from 'node:crypto';
import { derivedId } from '../../../core/derived-id.ts';
import { textRank } from '../../../core/map/index-rank.ts';
import { linkName, type Name, nameKey, pageNames } from '../../../core/map/names.ts';
import { linkCost, sectionCost } from '../../../core/map/step-cost.ts';
import { vocabularyOf } from '../../../core/map/words.ts';
import type { PageWrite } from '../../../model/page.ts';
import type { ParsedLink, ParsedPage, ParsedSection } from '../../../model/parsed-page.ts';

/** A link as it is stored: the values that most links have are left out. */
export interface LinkDraft {
  /** URL of another page. */
  readonly target: string;
  /** Among the links of its block, those to their own page counted in. */
  readonly order: number;
  /** Null: none. */
  readonly fragment: string | null;
  readonly text: string;
  /** Null: `link`. */
  readonly role: string | null;
  /** Null: none. */
  readonly rel: string | null;
  readonly cost: number;
}

/**
 * A name under the id that its node has: 63 bits of a hash. A number takes no record of its own and little of the index;
 * among ten million names two are taken for one with a chance of one in 200,000.
 */
export interface NameDraft {
  readonly id: bigint;
  readonly name: Name;
}

/** What a section holds; pages share it. */
export interface BlockDraft {
  readonly hash: string;
  readonly text: string;
  /** Links to other pages. */
  readonly links: readonly LinkDraft[];
  /** Links to the page that shows the block, each as JSON: order, fragment, text, role. */
  readonly ownLinks: readonly string[];
  /** What its links call their targets. */
  readonly names: readonly NameDraft[];
  /** Among the texts that match a query. */
  readonly rank: number;
}

export interface SectionDraft {
  readonly id: string;
  readonly block: string;
  readonly order: number;
  readonly path: string;
  readonly type: string;
  readonly parent: number | null;
  readonly heading: string | null;
  readonly anchor: string | null;
  readonly label: string | null;
  readonly toll: number;
  /** Its heading is a link to another page. */
  readonly teaser: boolean;
}

/** A page as it is put into the graph. */
export interface PageDraft {
  readonly page: PageWrite;
  readonly blocks: readonly BlockDraft[];
  readonly sections: readonly SectionDraft[];
  readonly names: readonly NameDraft[];
  /** What the full-text index holds of title and description. */
  readonly words: string;
  /** Among the texts that match a query. */
  readonly rank: number;
}

export function draftPage(page: PageWrite): PageDraft {
  const { url, parsed } = page;
  const links = linksBySection(parsed);
  const own = (section: ParsedSection) => links[section.order] ?? [];
  const said = `${parsed.title}\n${parsed.description ?? ''}`;
  return {
    page,
    blocks: parsed.sections.map((section) => blockDraft(url, section, own(section))),
    sections: parsed.sections.map((section) => sectionDraft(url, section, own(section))),
    names: pageNames(url, parsed).map(draftName),
    words: vocabularyOf(said).join(' '),
    rank: textRank(said, url),
  };
}

/** URLs in the order in which places are numbered. */
export function* urlsOf({ page, blocks }: PageDraft): Generator<string> {
  yield page.url;
  for (const { links } of blocks) for (const { target } of links) yield target;
}

function blockDraft(url: string, { hash, text }: ParsedSection, links: readonly ParsedLink[]): BlockDraft {
  const others: LinkDraft[] = [];
  const ownLinks: string[] = [];
  const names = new Map<bigint, NameDraft>();
  for (const [order, link] of links.entries()) {
    if (link.url === url) {
      ownLinks.push(JSON.stringify([order, link.fragment, link.text, link.role]));
      continue;
    }
    const { fragment, text: label, role, rel } = link;
    others.push({
      target: link.url,
      order,
      fragment: fragment === '' ? null : fragment,
      text: label,
      role: role === 'link' ? null : role,
      rel: rel.length === 0 ? null : rel.join(' '),
      cost: linkCost(link),
    });
    const name = linkName(link);
    if (name === null) continue;
    const draft = draftName(name);
    names.set(draft.id, draft);
  }
  return {
    hash: blockKey(hash),
    text,
    links: others,
    ownLinks,
    names: [...names.values()],
    rank: textRank(text, hash),
  };
}

function draftName(name: Name): NameDraft {
  const digest = hash('sha256', nameKey(name), 'buffer');
  return { id: digest.readBigUInt64BE() >> 1n, name };
}

/** Short whatever the hash is: Neo4j indexes nothing longer than 8 kB. */
function blockKey(hash: string): string {
  return derivedId(hash);
}

function sectionDraft(url: string, section: ParsedSection, links: readonly ParsedLink[]): SectionDraft {
  const { order, path, type, parent, heading, anchor, label, hash } = section;
  return {
    id: derivedId(`${url} ${path}`),
    block: blockKey(hash),
    order,
    path,
    type,
    parent,
    heading,
    anchor,
    label,
    toll: sectionCost(type, path, links.length),
    teaser: links.some((link) => link.url !== url && link.text === heading),
  };
}

function linksBySection({ sections, links }: ParsedPage): ParsedLink[][] {
  const bySection: ParsedLink[][] = sections.map(() => []);
  for (const link of links) bySection[link.section]?.push(link);
  return bySection;
}
