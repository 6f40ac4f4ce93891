import { html, type Page, page } from '../page.ts';
import { articlePage, table } from '../views.ts';

const HOURS = articlePage({
  path: '/hours',
  title: 'Opening hours',
  lead: 'The house on the quay is open six days a week. The blue return hatch never closes.',
  facts: [
    { term: 'Closed', value: 'Mondays' },
    { term: 'Late night', value: 'Thursday until 22:00' },
  ],
  sections: [
    {
      id: 'week',
      heading: 'The week',
      body: table({
        caption: 'Opening hours by branch',
        columns: ['Day', 'Quay Street', 'Hill branch', 'Gull Holm'],
        rows: [
          ['Monday', 'Closed', '14:00 to 18:00', 'Closed'],
          ['Tuesday', '9:00 to 20:00', 'Closed', '13:00 to 15:00'],
          ['Wednesday', '9:00 to 20:00', '14:00 to 18:00', 'Closed'],
          ['Thursday', '9:00 to 22:00', 'Closed', 'Closed'],
          ['Friday', '9:00 to 20:00', '14:00 to 18:00', 'Closed'],
          ['Saturday', '10:00 to 18:00', '10:00 to 13:00', '11:00 to 13:00'],
          ['Sunday', '10:00 to 16:00', 'Closed', 'Closed'],
        ],
      }),
    },
    {
      id: 'holidays',
      heading: 'Holidays',
      body: html`<p>We are closed from 24 to 26 December and on New Year’s Day, and open on every other day when the rest of the town is not.</p>`,
    },
    {
      id: 'print',
      heading: 'For your fridge',
      body: html`<p><a href="/files/opening-hours.pdf" type="application/pdf">Opening hours on one sheet (PDF)</a></p>`,
    },
  ],
});

const CONTACT = page({
  path: '/contact',
  title: 'Contact',
  description: 'Write to the library, call it, or walk in.',
  main: html`<div class="wrap with-aside">
<div>
<h1>Contact</h1>
<p class="lead">We answer on the next working day, usually with a question.</p>
<form class="panel" action="/contact" method="post" aria-label="Write to us">
<div class="field"><label for="name">Your name</label><input id="name" name="name" autocomplete="name" required></div>
<div class="field"><label for="email">E-mail address</label><input id="email" name="email" type="email" autocomplete="email" required></div>
<div class="field"><label for="about">What it is about</label><select id="about" name="about"><option>Borrowing</option><option>Rooms</option><option>Events</option><option>Something else</option></select></div>
<fieldset><legend>How may we answer?</legend>
<label><input type="radio" name="answer" value="email" checked> By e-mail</label>
<label><input type="radio" name="answer" value="post"> By post</label>
</fieldset>
<div class="field"><label for="message">Message</label><textarea id="message" name="message" rows="6" required></textarea></div>
<button type="submit">Send the message</button>
</form>
</div>
<aside class="side" aria-label="Other ways to reach us">
<h2>Call</h2>
<p><a href="tel:+440000555100">+44 0000 555 100</a></p>
<h2>Write</h2>
<p><a href="mailto:hello@saltmere.example?subject=A%20question">hello@saltmere.example</a></p>
<h2>Come in</h2>
<p>4 Quay Street, Saltmere. <a href="/about/branches">All branches</a></p>
</aside>
</div>`,
});

const FAQ = page({
  path: '/faq',
  title: 'Questions and answers',
  description: 'What people ask at the welcome desk, and what we say.',
  main: html`<div class="wrap">
<h1>Questions and answers</h1>
<p class="lead">What people ask at the welcome desk, and what we say.</p>
<section id="cards" aria-labelledby="cards-heading">
<h2 id="cards-heading">Cards</h2>
<details open><summary>Does a card cost anything?</summary><p>No. A lost one is replaced for the price of a postage stamp.</p></details>
<details><summary>I am only here for the summer. May I borrow?</summary><p>Yes, with a guest card and an address in the town.</p></details>
<details><summary>May my child have a card?</summary><p>From the day of birth. See <a href="/services/borrowing#get-a-card">how to get a card</a>.</p></details>
</section>
<section id="late" aria-labelledby="late-heading">
<h2 id="late-heading">Late and lost</h2>
<details><summary>What happens when a book is late?</summary><p>Nothing for six weeks. Then we write to you, by hand.</p></details>
<details><summary>The dog ate it. And now?</summary><p>Bring what is left. We would like to see it.</p></details>
</section>
<section id="times" aria-labelledby="times-heading">
<h2 id="times-heading">Times</h2>
<details><summary>Are you open on Mondays?</summary><p>The Hill branch is. All <a href="/hours/">hours of the week</a> are on one page.</p></details>
<details><summary>My bookmark for the hours is old. Does it still work?</summary><p>It should: <a href="/old-hours">the old page</a> leads to the new one, and so does <a href="/notices">the old address of the board</a>.</p></details>
</section>
</div>`,
});

/** The search form; `results` come below it. */
export function searchPage(query: string, results: readonly Page[]): Page {
  return page({
    path: '/search',
    title: 'Search',
    description: 'Search the pages of this site.',
    main: html`<div class="wrap">
<h1>Search</h1>
<form class="panel" role="search" aria-label="Search the pages" action="/search" method="get">
<div class="field"><label for="q">Words to look for</label><input id="q" name="q" type="search" value="${query}"></div>
<button type="submit">Search</button>
</form>
${query === '' ? html`<p>Try <em>boat</em>, <em>tools</em> or <em>Thursday</em>.</p>` : resultList(query, results)}
</div>`,
  });
}

function resultList(query: string, results: readonly Page[]) {
  return html`<section aria-labelledby="results-heading">
<h2 id="results-heading">${results.length} pages for “${query}”</h2>
<ul>${results.map(({ path, title, description }) => html`<li><a href="${path}">${title}</a>. ${description}</li>`)}</ul>
</section>`;
}

export const VISITING_PAGES: readonly Page[] = [HOURS, CONTACT, FAQ, searchPage('', [])];
