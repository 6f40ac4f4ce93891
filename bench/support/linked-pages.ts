import { contentHash } from '../../src/core/html/content-hash.ts';
import type { PageWrite } from '../../src/model/page.ts';
import type { ParsedLink, ParsedPage, ParsedSection } from '../../src/model/parsed-page.ts';
import { SeededRandom } from '../../test/support/seeded-random.ts';

export const SITE = 'http://bench.test/';

const ADJECTIVES =
  'tidal northern quiet old wooden early hidden amber broad winter inner silver eastern deep low'.split(' ');
const NOUNS =
  'harbour ferry lantern chart net archive kiln orchard bridge signal rope cellar market tower island'.split(
    ' ',
  );
const THINGS =
  'hours prices rules map history card forms tickets repair staff events rooms access notices'.split(' ');
const SYLLABLES =
  'ba cor dim el fug gan hol ix jam kep lur mon nat or pil qua rus sen tov um vil wex yar zin'.split(' ');
const MENU = 8;
const SECTIONS = 4;
const WORDS = 20_000;

/** A page of a generated site: the menu and footer of all pages, and sections with links of its own. */
export function linkedPage(n: number, pages: number, linksPerPage: number): PageWrite {
  const random = new SeededRandom(n + 1);
  const own = Array.from({ length: linksPerPage }, (_, link) =>
    link < linksPerPage / 2 ? (n * 7 + link + 1) % pages : random.below(pages),
  );
  const drafts: Draft[] = [
    { type: 'navigation', heading: null, targets: range(MENU), text: 'Menu' },
    ...range(SECTIONS).map((section) => ({
      type: 'section' as const,
      heading: `${nameOf(n)}: ${THINGS[(n + section) % THINGS.length]}`,
      targets: own.filter((_, link) => link % SECTIONS === section),
      text: range(60)
        .map(() => textWord(random))
        .join(' '),
    })),
    { type: 'footer', heading: null, targets: range(MENU).map((link) => link + MENU), text: 'Footer' },
  ];
  const parsed = parsedPage(nameOf(n), drafts);
  return { url: urlOf(n), depth: n === 0 ? 0 : 1, status: 200, via: 'http', fetchedAt: 1, parsed };
}

export function urlOf(n: number): string {
  return n === 0 ? SITE : `${SITE}p/${n}`;
}

/** Three words and a number: words repeat over the site, names do not. */
export function nameOf(n: number): string {
  const [a, b] = [n % ADJECTIVES.length, Math.floor(n / ADJECTIVES.length)];
  return `${ADJECTIVES[a]} ${NOUNS[b % NOUNS.length]} ${THINGS[(a + b) % THINGS.length]} ${n}`;
}

/** Few words are frequent, most are rare. */
function textWord(random: SeededRandom): string {
  const rank = Math.floor(WORDS * random.next() ** 4);
  return NOUNS[rank] ?? coinedWord(rank);
}

/** A unique word for a number. First letters vary, as in natural languages. */
export function coinedWord(n: number): string {
  let [word, rest] = ['', n + SYLLABLES.length];
  for (; rest > 0; rest = Math.floor(rest / SYLLABLES.length)) word += SYLLABLES[rest % SYLLABLES.length];
  return word;
}

interface Draft {
  readonly type: ParsedSection['type'];
  readonly heading: string | null;
  readonly targets: readonly number[];
  readonly text: string;
}

function parsedPage(title: string, drafts: readonly Draft[]): ParsedPage {
  const sections = drafts.map((draft, order): ParsedSection => {
    const { type, heading, targets, text } = draft;
    const hash = contentHash([type, text, targets.join()]);
    const path = `${type}[${order + 1}]`;
    return { order, path, type, parent: null, heading, anchor: `s${order}`, label: null, text, hash };
  });
  const links = drafts.flatMap(({ targets }, section) =>
    targets.map((target) => parsedLink(target, section)),
  );
  return {
    title,
    description: null,
    language: 'en',
    charset: 'utf-8',
    canonical: null,
    noindex: false,
    refresh: null,
    blocked: false,
    contentHash: contentHash(sections.map(({ hash }) => hash)),
    headings: drafts.flatMap(({ heading }, section) =>
      heading === null ? [] : [{ level: 2, text: heading, anchor: `s${section}`, section }],
    ),
    sections,
    links,
    actions: [],
    forms: [],
    found: [],
    neighbours: { next: null, prev: null, more: null },
    current: [],
    pagination: null,
    fingerprint: 'plain',
    textLength: 1000,
    linksDropped: 0,
  };
}

function parsedLink(target: number, section: number): ParsedLink {
  return { url: urlOf(target), fragment: '', text: nameOf(target), role: 'link', rel: [], section };
}

function range(length: number): number[] {
  return Array.from({ length }, (_, index) => index);
}
