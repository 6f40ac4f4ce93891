import { html, type Page, page } from '../page.ts';
import { articlePage, table } from '../views.ts';

const ABOVE = [{ path: '/about', label: 'About us' }];

const ABOUT = articlePage({
  path: '/about',
  title: 'About us',
  lead: 'Nineteen people, sixty volunteers, one cat. A public library of the town of Saltmere.',
  sections: [
    {
      id: 'what-we-are-for',
      heading: 'What we are for',
      body: html`<p>A library is a living room for people who have not met. We buy what you ask for, keep what cannot be bought, and leave the lights on.</p>`,
    },
    {
      id: 'figures',
      heading: 'The year in figures',
      body: table({
        caption: 'Saltmere Library in 2025',
        columns: ['What', 'Number', 'Change'],
        rows: [
          ['Visits', '211,840', '+4 %'],
          ['Loans', '388,112', '+1 %'],
          ['Events', '402', '+11 %'],
          ['Books that came back wet', '73', '-9 %'],
        ],
      }),
    },
    {
      id: 'more',
      heading: 'More',
      body: html`<p>Read <a href="/about/history">our history</a>, find <a href="/about/branches">the branches</a>, or go back to <a href="/index.html">the front page</a>.</p>`,
    },
  ],
});

const HISTORY = articlePage({
  path: '/about/history',
  title: 'Our history',
  lead: 'From a crate of wet books in 1887 to a house with a lantern on its roof.',
  above: ABOVE,
  sections: [
    {
      id: 'crate',
      heading: '1887: a crate',
      body: html`<p>The steamer <em>Adeline</em> ran aground in March. Among what was saved was a crate of two hundred novels. The harbour master dried them on the net racks and lent them out.</p>`,
    },
    {
      id: 'flood',
      heading: '1953: the flood',
      body: html`<p>The sea stood on the second shelf. Readers carried eleven thousand volumes up the hill in one night, and nearly all of them came back.</p>`,
    },
    {
      id: 'customs-house',
      heading: '1991: the customs house',
      body: html`<p>The library moved into the empty customs house. The lamp in the tower is lit on winter evenings when we are open.</p>
<p><a href="/images/harbour.svg"><img src="/images/harbour.svg" alt="The customs house in full size" width="420" height="270" loading="lazy"></a></p>`,
    },
  ],
});

const BRANCHES = page({
  path: '/about/branches',
  title: 'Branches and floor plan',
  description: 'Three houses, and what is on the floors of the largest.',
  above: ABOVE,
  main: html`<div class="wrap">
<h1>Branches and floor plan</h1>
<p class="lead">Three houses, and what is on the floors of the largest.</p>
<section id="houses" aria-labelledby="houses-heading">
<h2 id="houses-heading">The houses</h2>
${table({
  caption: 'Branches of the library',
  columns: ['Branch', 'Address', 'Telephone', 'Step-free'],
  rows: [
    ['Quay Street', '4 Quay Street', html`<a href="tel:+440000555100">555 100</a>`, 'Yes'],
    ['Hill branch', '71 Chapel Lane', html`<a href="tel:+440000555110">555 110</a>`, 'Yes'],
    ['Gull Holm', 'The old school', html`<a href="tel:+440000555120">555 120</a>`, 'One step'],
  ],
})}
</section>
<section id="plan" aria-labelledby="plan-heading">
<h2 id="plan-heading">Floor plan of Quay Street</h2>
<p>Choose a part of the plan to read about it, or open the <a href="/images/floor-plan.png">plan alone</a>.</p>
<div class="plan-box"><img class="plan" src="/images/floor-plan.png" usemap="#floors" width="480" height="240" alt="Plan of the first floor with three parts: children, local history and tools"></div>
<map name="floors">
<area shape="rect" coords="0,0,160,240" href="/services/children" alt="Children’s floor">
<area shape="rect" coords="160,0,320,240" href="/services/local-history" alt="Local history">
<area shape="rect" coords="320,0,480,240" href="/services/tool-library" alt="Tool library">
</map>
</section>
</div>`,
});

const ACCESSIBILITY = articlePage({
  path: '/accessibility',
  title: 'Accessibility',
  lead: 'The house and this site are meant for everyone. Tell us where they are not.',
  sections: [
    {
      id: 'building',
      heading: 'The building',
      body: html`<p>The entrance on the quay side has no steps. A lift with speech goes to all floors. There is a hearing loop at the desk and in the <a href="/rooms">Lantern Room</a>.</p>`,
    },
    {
      id: 'site',
      heading: 'This site',
      body: html`<p>Pages have a skip link, headings in order, landmarks with names, and work with a keyboard and at four times the text size.</p>`,
    },
    {
      id: 'known-problems',
      heading: 'Known problems',
      body: html`<p>The list of rooms needs JavaScript. The opening hours as PDF have no tags; the <a href="/hours">page itself</a> has.</p>`,
    },
  ],
});

const PRIVACY = articlePage({
  path: '/privacy',
  title: 'Privacy',
  lead: 'What you read is nobody’s business, so we forget it as soon as the book is back.',
  sections: [
    {
      id: 'loans',
      heading: 'Loans',
      body: html`<p>A loan is tied to your card until the book is back on the shelf. After that we keep only a number.</p>`,
    },
    {
      id: 'this-site',
      heading: 'This site',
      body: html`<p>No cookies, no counters, nothing from anywhere else.</p>`,
    },
  ],
});

/** No page leads here: only the sitemap knows it. */
const LANTERN_FUND = articlePage({
  path: '/lantern-fund',
  title: 'The lantern fund',
  lead: 'A page that was taken out of the menu when the fund had reached its goal.',
  above: ABOVE,
  sections: [
    {
      id: 'goal',
      heading: 'The goal',
      body: html`<p>A new lamp for the tower, paid for in coins. It took two winters.</p>`,
    },
    {
      id: 'donors',
      heading: 'The donors',
      body: html`<p>Their names are engraved on the inside of the glass, where only the keeper and the gulls read them.</p>`,
    },
  ],
});

export const ABOUT_PAGES: readonly Page[] = [ABOUT, HISTORY, BRANCHES, ACCESSIBILITY, PRIVACY, LANTERN_FUND];

/** The area that robots.txt keeps crawlers out of. */
export const STAFF_PAGES: readonly Page[] = [
  articlePage({
    path: '/staff/',
    title: 'Staff entrance',
    lead: 'For the people who work here.',
    sections: [
      {
        id: 'rota',
        heading: 'This week',
        body: html`<p><a href="/staff/rota">Rota of the welcome desk</a></p>`,
      },
    ],
  }),
  articlePage({
    path: '/staff/rota',
    title: 'Rota of the welcome desk',
    lead: 'Who sits where.',
    sections: [{ id: 'mornings', heading: 'Mornings', body: html`<p>Mara, Jory, Pell.</p>` }],
  }),
];
