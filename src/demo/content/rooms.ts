import { html, type Page, page } from '../page.ts';
import { type Article, articlePage } from '../views.ts';

/** One room as the JSON endpoint gives it. */
export interface Room {
  readonly path: string;
  readonly name: string;
  readonly seats: number;
  readonly text: string;
}

const ABOVE = [{ path: '/rooms', label: 'Rooms' }];

const ROOMS: readonly (Article & { readonly seats: number })[] = [
  {
    path: '/rooms/lantern-room',
    title: 'Lantern Room',
    seats: 8,
    lead: 'A glass room under the roof, for meetings that profit from a view of the harbour.',
    above: ABOVE,
    facts: [
      { term: 'Seats', value: '8' },
      { term: 'Screen', value: 'Yes' },
    ],
    sections: [
      {
        id: 'equipment',
        heading: 'Equipment',
        body: html`<p>A screen, a whiteboard, a hearing loop, and blinds for the hour when the sun stands over the breakwater.</p>`,
      },
      {
        id: 'access',
        heading: 'Getting there',
        body: html`<p>Take the lift to the third floor. The door opens by itself.</p>`,
      },
    ],
  },
  {
    path: '/rooms/net-loft',
    title: 'Net Loft',
    seats: 60,
    lead: 'The old net store, with a stage, sixty chairs and an echo that choirs come for.',
    above: ABOVE,
    facts: [{ term: 'Seats', value: '60' }],
    sections: [
      {
        id: 'equipment',
        heading: 'Equipment',
        body: html`<p>Piano, stage lights, projector, and a kitchen with a hatch.</p>`,
      },
      {
        id: 'hire',
        heading: 'Hire',
        body: html`<p>Free for clubs of the town, two evenings a month. Others pay what the caretaker costs.</p>`,
      },
    ],
  },
  {
    path: '/rooms/kiln-workshop',
    title: 'Kiln Workshop',
    seats: 12,
    lead: 'Benches, a laser cutter and a kiln, in the cellar where noise is allowed.',
    above: ABOVE,
    facts: [{ term: 'Benches', value: '12' }],
    sections: [
      {
        id: 'induction',
        heading: 'Before you start',
        body: html`<p>An hour with one of the wardens, once. After that your card opens the door.</p>`,
      },
      {
        id: 'machines',
        heading: 'Machines',
        body: html`<p>Kiln, laser cutter, two lathes, a loom. More can be borrowed from the <a href="/services/tool-library">tool library</a>.</p>`,
      },
    ],
  },
];

/** The page that needs JavaScript: its content, and the links to the rooms, come from `/api/rooms.json`. */
const FINDER = page({
  path: '/rooms',
  title: 'Rooms',
  description: 'Rooms to meet, rehearse and make things in.',
  head: html`<script src="/assets/rooms.js" type="module"></script>`,
  main: html`<div class="wrap">
<h1>Rooms</h1>
<div id="rooms" aria-live="polite"></div>
<noscript><p class="hint">The list of rooms is drawn by a script. Please switch JavaScript on, or ask at the welcome desk.</p></noscript>
</div>`,
});

/** What `/api/rooms.json` answers. */
export const ROOM_LIST: readonly Room[] = ROOMS.map(({ path, title, seats, lead }) => ({
  path,
  name: title,
  seats,
  text: lead,
}));

export const ROOM_PAGES: readonly Page[] = [FINDER, ...ROOMS.map(articlePage)];
