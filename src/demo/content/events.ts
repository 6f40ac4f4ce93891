import { html, type Page, page } from '../page.ts';
import { type Article, articlePage, cards } from '../views.ts';

const ABOVE = [{ path: '/events', label: 'Events' }];

/** The event that the front page shows. */
export const NEXT_EVENT: Article = {
  path: '/events/lantern-night',
  title: 'Lantern night',
  kicker: 'Saturday 28 November 2026',
  lead: 'Two hundred paper lanterns, one brass band, and readings on every landing until eleven.',
  above: ABOVE,
  facts: [
    { term: 'When', value: '28 November, 17:00 to 23:00' },
    { term: 'Where', value: 'The whole house' },
    { term: 'Tickets', value: 'Free, none needed' },
  ],
  sections: [
    {
      id: 'programme',
      heading: 'Programme',
      body: html`<ol><li>17:00 Lantern making on the first floor</li><li>19:00 Procession along the quay, led by the Saltmere Band</li><li>20:00 Readings on every landing</li><li>22:30 The lamp of the old lighthouse is lit</li></ol>`,
    },
    {
      id: 'getting-here',
      heading: 'Getting here',
      body: html`<p>Quay Street is closed to cars from four o'clock. The last ferry to Gull Holm waits for us and leaves at half past eleven.</p>`,
    },
    {
      id: 'volunteers',
      heading: 'Lend a hand',
      body: html`<p>We need thirty people who are good with glue or with small children. <a href="/contact">Write to us</a>.</p>`,
    },
  ],
};

const EVENTS: readonly Article[] = [
  NEXT_EVENT,
  {
    path: '/events/repair-evening',
    title: 'Repair evening',
    kicker: 'Last Friday of every month',
    lead: 'Bring the toaster. We have the screwdrivers, the soldering irons and the soup.',
    above: ABOVE,
    sections: [
      {
        id: 'bring',
        heading: 'What to bring',
        body: html`<p>Anything that you can carry: lamps, radios, trousers, bicycles, chairs with three legs.</p>`,
      },
      {
        id: 'numbers',
        heading: 'How it has gone so far',
        body: html`<p>Of 412 things brought in, 301 went home working. The rest gave parts to those that did.</p>`,
      },
    ],
  },
  {
    path: '/events/harbour-talks',
    title: 'Harbour talks',
    kicker: 'Thursdays in winter, 19:30',
    lead: 'People who know one thing very well explain it in forty minutes, with slides and without microphones.',
    above: ABOVE,
    sections: [
      {
        id: 'winter',
        heading: 'This winter',
        body: html`<ul><li>Eels, and where they go</li><li>Reading a chart that is two hundred years wrong</li><li>What the dredger found</li></ul>`,
      },
      {
        id: 'listen',
        heading: 'Listen at home',
        body: html`<p>Each talk is recorded and can be heard in the <a href="/services/local-history">local history collection</a>.</p>`,
      },
    ],
  },
  {
    path: '/events/first-chapters',
    title: 'First chapters, a reading circle',
    kicker: 'First Wednesday of every month',
    lead: 'We read only first chapters, aloud and in turn, and then argue about whether to go on.',
    above: ABOVE,
    sections: [
      {
        id: 'join',
        heading: 'Join in',
        body: html`<p>Come at seven to the armchairs by the west window. Nobody has to read aloud, and nobody has prepared anything.</p>`,
      },
      {
        id: 'next',
        heading: 'Next month',
        body: html`<p>We begin <a href="/catalogue/the-tide-clock">The Tide Clock</a> and something in translation.</p>`,
      },
    ],
  },
];

const CALENDAR = page({
  path: '/events',
  title: 'Events',
  description: 'What happens in the house: talks, readings, repairs and one night of lanterns.',
  main: html`<div class="wrap">
<h1>Events</h1>
<p class="lead">Nearly everything is free, and nearly nothing needs booking.</p>
${cards(
  EVENTS.map(({ path, title, kicker, lead }) => ({ path, title, text: lead, kicker: kicker ?? 'Event' })),
  2,
)}
<section id="past" aria-labelledby="past-heading">
<h2 id="past-heading">Gone by</h2>
<p>Pictures of the <a href="/events/harbour-fair-2019">harbour fair of 2019</a> and of many others are in the house. For those of last summer, click <a href="/about/history">here</a>.</p>
</section>
</div>`,
});

export const EVENT_PAGES: readonly Page[] = [CALENDAR, ...EVENTS.map(articlePage)];
