import { html, type Page, page } from '../page.ts';
import { type Article, articlePage, cards, table } from '../views.ts';

const ABOVE = [{ path: '/services', label: 'Services' }];

const SERVICES: readonly Article[] = [
  {
    path: '/services/borrowing',
    title: 'Borrowing and returning',
    lead: 'A card is free for everyone who lives, works or studies in Saltmere, and it opens every shelf we have.',
    above: ABOVE,
    facts: [
      { term: 'Books at once', value: '20' },
      { term: 'Loan', value: '4 weeks' },
      { term: 'Late fees', value: 'None' },
    ],
    sections: [
      {
        id: 'get-a-card',
        heading: 'Get a card',
        body: html`<p>Bring something with your name and address on it to the welcome desk. The card is made while you wait, and you may take your first books home on the same day.</p>
<p>Children may have a card of their own from the day they are born. A parent or guardian signs for them until they are fourteen.</p>`,
      },
      {
        id: 'how-long',
        heading: 'How long you may keep things',
        body: table({
          caption: 'Loan periods',
          columns: ['What', 'Loan', 'Renewals'],
          rows: [
            ['Books', '4 weeks', 'Three times'],
            ['Magazines', '1 week', 'Once'],
            ['Films and games', '1 week', 'Once'],
            ['Sheet music', '8 weeks', 'Twice'],
            ['Tools', '1 week', 'If nobody waits'],
          ],
        }),
      },
      {
        id: 'returning',
        heading: 'Bringing things back',
        body: html`<p>Use the return shelf in the hall while we are open, or the blue hatch on the quay side at any hour. The hatch does not take tools or sheet music.</p>
<p>There are no late fees. If a book is six weeks late we ask you for it once, and then we talk. See <a href="/faq#late">what happens when a book is late</a>.</p>`,
      },
    ],
  },
  {
    path: '/services/home-delivery',
    title: 'Home delivery by boat and bicycle',
    lead: 'If you cannot come to us, a volunteer brings books to your door, on the islands as well.',
    above: ABOVE,
    facts: [
      { term: 'Cost', value: 'Free' },
      { term: 'Island round', value: 'Every second Tuesday' },
    ],
    sections: [
      {
        id: 'who',
        heading: 'Who it is for',
        body: html`<p>Anyone who finds it hard to leave home, for a week or for good: after an operation, with a new baby, or because the ferry does not run in winter.</p>`,
      },
      {
        id: 'rounds',
        heading: 'The rounds',
        body: html`<p>Bicycle rounds reach every street of the town on Mondays and Thursdays. The boat calls at Little Merrow and Gull Holm every second Tuesday, weather permitting.</p>
<p>The old <a href="/mobile-library">mobile library van</a> no longer runs.</p>`,
      },
      {
        id: 'ask',
        heading: 'Ask for a visit',
        body: html`<p>Call <a href="tel:+440000555104">+44 0000 555 104</a> on any weekday morning, or <a href="/contact">write to us</a>.</p>`,
      },
    ],
  },
  {
    path: '/services/printing',
    title: 'Printing, scanning and copying',
    lead: 'Send a document from your own device or from one of our computers and collect it on the first floor.',
    above: ABOVE,
    sections: [
      {
        id: 'prices',
        heading: 'Prices',
        body: table({
          caption: 'Price per sheet',
          columns: ['Sheet', 'Black', 'Colour'],
          rows: [
            ['A4', '10p', '30p'],
            ['A3', '20p', '60p'],
            ['Scan to e-mail', 'Free', 'Free'],
          ],
        }),
      },
      {
        id: 'steps',
        heading: 'How to print',
        body: html`<ol><li>Choose the printer called <em>Quay</em>.</li><li>Type your card number when you are asked for it.</li><li>Touch your card to the reader on the first floor and choose what to print.</li></ol>`,
      },
      {
        id: 'large',
        heading: 'Large formats',
        body: html`<p>Posters up to A1 are printed by the team of the Kiln workshop on Wednesdays. Bring the file on a stick.</p>`,
      },
    ],
  },
  {
    path: '/services/local-history',
    title: 'Local history collection',
    lead: 'Tide tables, ship registers, school rolls and nine thousand photographs of a town that lived from the sea.',
    above: ABOVE,
    facts: [
      { term: 'Where', value: 'Second floor' },
      { term: 'Ask for', value: 'Mara Venn' },
    ],
    sections: [
      {
        id: 'what-we-keep',
        heading: 'What we keep',
        body: html`<ul><li>The harbour master's logs, 1791 to 1964</li><li>The <cite>Saltmere Courant</cite> on film, complete</li><li>Sound recordings of net makers and pilots</li></ul>`,
      },
      {
        id: 'see-it',
        heading: 'Seeing the originals',
        body: html`<p>Ask one working day ahead. Originals are read at the long table, with pencils only. Photographs for your own use are welcome.</p>`,
      },
      {
        id: 'give',
        heading: 'Giving us something',
        body: html`<p>We gladly look at letters, albums and charts. Please do not sort or clean them first. There is more about how the collection began on <a href="/about/history#flood">the page about the flood</a>.</p>`,
      },
    ],
  },
  {
    path: '/services/children',
    title: 'For children and families',
    lead: 'A whole floor with low shelves, a reading boat, and people who read aloud in seven languages.',
    above: ABOVE,
    sections: [
      {
        id: 'story-time',
        heading: 'Story time',
        body: html`<p>Every Saturday at half past ten in the reading boat. No booking; under-fives come with a grown-up. Twice a month the story is told in Korean: <a href="/ko/stories" lang="ko" hreflang="ko">이야기 책장</a>.</p>`,
      },
      {
        id: 'homework',
        heading: 'Homework table',
        body: html`<p>From Monday to Thursday, four to six, two retired teachers sit at the round table and help with everything except handwriting.</p>`,
      },
      {
        id: 'quiet-hour',
        heading: 'Quiet hour',
        body: html`<p>On Sundays the lights are low and the music is off from ten to eleven.</p>`,
      },
    ],
  },
  {
    path: '/services/tool-library',
    title: 'Tool library',
    lead: 'Why buy a drill for three holes? Borrow it, with someone to show you how.',
    above: ABOVE,
    sections: [
      {
        id: 'what',
        heading: 'What you can borrow',
        body: html`<p>Drills, sanders, a tile cutter, a sewing machine, a telescope, two bread ovens and the famous apple press.</p>`,
      },
      {
        id: 'rules',
        heading: 'House rules',
        body: html`<p>You need to be eighteen and have had a card for a month. Tools go out for a week, clean and dry, and come back the same way.</p>`,
      },
      {
        id: 'repair',
        heading: 'Repair evening',
        body: html`<p>On the last Friday of the month we mend things together: see <a href="/events/repair-evening">the repair evening</a>.</p>`,
      },
    ],
  },
];

const OVERVIEW = page({
  path: '/services',
  title: 'Services',
  description: 'What the library does for you: lending, delivery, printing, local history, children, tools.',
  main: html`<div class="wrap">
<h1>Services</h1>
<p class="lead">Books are where we begin. These are the other things that your card is good for.</p>
${cards(
  SERVICES.map(({ path, title, lead }) => ({ path, title, text: lead })),
  2,
)}
</div>`,
});

export const SERVICE_PAGES: readonly Page[] = [OVERVIEW, ...SERVICES.map(articlePage)];
