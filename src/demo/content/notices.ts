import { html } from '../page.ts';
import { type Article, articlePage } from '../views.ts';

const NEWEST = Date.UTC(2026, 10, 2);
const GAP = 3 * 24 * 60 * 60 * 1000;

export interface Day {
  /** `2026-11-02` */
  readonly iso: string;
  /** `2 November 2026` */
  readonly text: string;
  /** `November` */
  readonly month: string;
}

/** The day of the notice at this position of the board: one notice every three days. */
export function dayOf(position: number): Day {
  const date = new Date(NEWEST - position * GAP);
  const month = date.toLocaleDateString('en-GB', { month: 'long', timeZone: 'UTC' });
  return {
    iso: date.toISOString().slice(0, 10),
    text: `${date.getUTCDate()} ${month} ${date.getUTCFullYear()}`,
    month,
  };
}

const ABOVE = [{ path: '/notices?page=1', label: 'Notices' }];

interface LongNotice {
  /** Position on the board, 0 for the newest. */
  readonly position: number;
  readonly slug: string;
  readonly title: string;
  readonly lead: string;
  readonly sections: Article['sections'];
}

/** The notices that have a page of their own. */
export const LONG_NOTICES: readonly LongNotice[] = [
  {
    position: 0,
    slug: 'winter-hours',
    title: 'Winter hours begin on 9 November',
    lead: 'On weekdays we open an hour later in the morning and stay an hour longer at night.',
    sections: [
      {
        id: 'why',
        heading: 'Why',
        body: html`<p>In winter most of you come after work. We counted: between nine and ten in the morning there were never more than four visitors.</p>`,
      },
      {
        id: 'what-changes',
        heading: 'What changes',
        body: html`<p>Tuesday to Friday: ten to nine. The weekend stays as it is. All times are on the page with the <a href="/hours?utm_source=notice&amp;utm_medium=board">opening hours</a>.</p>`,
      },
    ],
  },
  {
    position: 4,
    slug: 'reading-boat-repaired',
    title: 'The reading boat is afloat again',
    lead: 'After six weeks in dry dock the reading boat is back on the first floor, with new cushions.',
    sections: [
      {
        id: 'the-repair',
        heading: 'The repair',
        body: html`<p>Two planks had given way under the weight of a class of twenty-eight. The shipwrights of the south yard replaced them for the price of a library card each.</p>`,
      },
      {
        id: 'thanks',
        heading: 'Thanks',
        body: html`<p>To the yard, and to the children who waited. <a href="/services/children">Story time</a> is back on Saturday.</p>`,
      },
    ],
  },
  {
    position: 7,
    slug: 'new-card-design',
    title: 'A new card, drawn by a ten-year-old',
    lead: 'From this week new cards bear the winning picture of our summer contest: a whale with a bookmark.',
    sections: [
      {
        id: 'swap',
        heading: 'Swap yours',
        body: html`<p>Old cards stay valid. If you would like the whale, bring the old one to the welcome desk.</p>`,
      },
      {
        id: 'artist',
        heading: 'The artist',
        body: html`<p>Noor is ten, lives on Gull Holm and has never seen a whale.</p>`,
      },
    ],
  },
  {
    position: 13,
    slug: 'lift-inspection',
    title: 'Lift out of service for two mornings',
    lead: 'The lift is inspected on two mornings. Staff bring books and people down by the goods lift.',
    sections: [
      {
        id: 'when',
        heading: 'When',
        body: html`<p>On both Tuesdays, from nine until noon.</p>`,
      },
      {
        id: 'help',
        heading: 'If you need help',
        body: html`<p>Ring the bell beside the entrance. How to reach us without steps is described under <a href="/accessibility#building">accessibility of the building</a>.</p>`,
      },
    ],
  },
  {
    position: 26,
    slug: 'apple-press-weekend',
    title: 'The apple press goes round the town',
    lead: 'For one weekend the press stands in five gardens. Bring apples and bottles.',
    sections: [
      {
        id: 'stops',
        heading: 'The stops',
        body: html`<ol><li>Chapel Lane</li><li>The allotments</li><li>School yard</li><li>Net Loft steps</li><li>South yard</li></ol>`,
      },
      {
        id: 'borrow',
        heading: 'Borrow it yourself',
        body: html`<p>On other days it is in the <a href="/services/tool-library">tool library</a>.</p>`,
      },
    ],
  },
  {
    position: 31,
    slug: 'courant-on-screen',
    title: 'The Courant from 1871 to 1900 can be read on screen',
    lead: 'Thirty years of the town paper were filmed page by page and can now be read on the second floor.',
    sections: [
      {
        id: 'how',
        heading: 'How to read it',
        body: html`<p>Sit down at one of the two large screens and type a date. Search by word will follow.</p>`,
      },
      {
        id: 'next',
        heading: 'What comes next',
        body: html`<p>The war years. If you can read broken type and have an hour a week, <a href="/contact">tell us</a>.</p>`,
      },
    ],
  },
  {
    position: 48,
    slug: 'bus-stop-moved',
    title: 'The bus stop has moved to the fish market',
    lead: 'While Quay Street is dug up, lines 2 and 5 stop in front of the fish market.',
    sections: [
      {
        id: 'walk',
        heading: 'The way on foot',
        body: html`<p>Three minutes along the water, without steps. <a href="/visit-us">How to find us</a>.</p>`,
      },
      { id: 'until', heading: 'How long', body: html`<p>Until the gas pipe is mended, they say.</p>` },
    ],
  },
  {
    position: 55,
    slug: 'seed-swap',
    title: 'Seed swap on the staircase',
    lead: 'Leave a packet, take a packet: the drawers of the old card index are full of seeds.',
    sections: [
      {
        id: 'rules',
        heading: 'Two rules',
        body: html`<p>Write the year on it, and no mint.</p>`,
      },
      {
        id: 'drawers',
        heading: 'The drawers',
        body: html`<p>Beans are under B. Everything that climbs is under C, which we know is debatable.</p>`,
      },
    ],
  },
  {
    position: 69,
    slug: 'quiet-floor',
    title: 'The third floor becomes the quiet floor',
    lead: 'No calls, no keyboards with a click, no whispering that lasts longer than a minute.',
    sections: [
      {
        id: 'where-to-talk',
        heading: 'Where to talk instead',
        body: html`<p>Everywhere else. For calls there are two booths beside the stairs, and <a href="/rooms">rooms</a> can be booked.</p>`,
      },
      {
        id: 'trial',
        heading: 'A trial',
        body: html`<p>We try it until the summer and count complaints of both kinds.</p>`,
      },
    ],
  },
  {
    position: 82,
    slug: 'volunteers-wanted',
    title: 'Volunteers wanted for the boat round',
    lead: 'Two people with sea legs and an afternoon every second week.',
    sections: [
      {
        id: 'the-round',
        heading: 'The round',
        body: html`<p>Out at one, Little Merrow at two, Gull Holm at three, home before five. See <a href="/services/home-delivery">home delivery</a>.</p>`,
      },
      {
        id: 'apply',
        heading: 'Apply',
        body: html`<p>Come to the welcome desk on any weekday and ask for the skipper.</p>`,
      },
    ],
  },
  {
    position: 97,
    slug: 'roof-finished',
    title: 'The roof is finished',
    lead: 'After eleven months the last slate is on, and the buckets are back in the cellar.',
    sections: [
      {
        id: 'figures',
        heading: 'In figures',
        body: html`<p>Fourteen thousand slates, nine tons of oak, one family of swifts that had to be waited for.</p>`,
      },
      {
        id: 'open-day',
        heading: 'See it',
        body: html`<p>The scaffold stays for one more week. Tours start at the <a href="/about/branches#plan">lantern stairs</a>.</p>`,
      },
    ],
  },
  {
    position: 114,
    slug: 'new-librarian',
    title: 'Mara Venn takes over local history',
    lead: 'She comes from the county archive and brings three languages and a magnifying glass.',
    sections: [
      {
        id: 'first-project',
        heading: 'Her first project',
        body: html`<p>Naming the people in nine thousand photographs, with your help.</p>`,
      },
      {
        id: 'meet',
        heading: 'Meet her',
        body: html`<p>On weekday afternoons in the <a href="/services/local-history">local history collection</a>.</p>`,
      },
    ],
  },
];

export function noticePath(slug: string): string {
  return `/notices/${slug}`;
}

export const NOTICE_PAGES = LONG_NOTICES.map(({ position, slug, title, lead, sections }) =>
  articlePage({ path: noticePath(slug), title, lead, sections, kicker: dayOf(position).text, above: ABOVE }),
);
