import { type Html, html, type Page, page } from '../page.ts';
import { cards } from '../views.ts';

interface Book {
  readonly slug: string;
  readonly title: string;
  readonly author: string;
  readonly year: number;
  readonly shelf: string;
  readonly pages: number;
  readonly about: string;
  readonly readerNote: string;
}

const BOOKS: readonly Book[] = [
  {
    slug: 'the-tide-clock',
    title: 'The Tide Clock',
    author: 'Ines Marlow',
    year: 2024,
    shelf: 'Fiction, bay 12',
    pages: 312,
    about:
      'A clockmaker on a tidal island agrees to build one that runs backwards, and learns who asked for it.',
    readerNote: 'Slow as the ebb for fifty pages, then impossible to put down.',
  },
  {
    slug: 'knots-for-the-patient',
    title: 'Knots for the Patient',
    author: 'Tobias Reck',
    year: 2019,
    shelf: 'Crafts, bay 31',
    pages: 148,
    about: 'Sixty knots in the order in which a ship needs them, each drawn from the hands that tie it.',
    readerNote: 'My grandson and I are at knot forty-one.',
  },
  {
    slug: 'a-field-guide-to-fog',
    title: 'A Field Guide to Fog',
    author: 'Hanneke Oss',
    year: 2022,
    shelf: 'Nature, bay 27',
    pages: 220,
    about: 'How to tell sea fret from valley mist, why it smells, and how harbours have listened through it.',
    readerNote: 'The chapter on fog horns should be read aloud.',
  },
  {
    slug: 'letters-from-gull-holm',
    title: 'Letters from Gull Holm',
    author: 'Edith Fairweather',
    year: 1958,
    shelf: 'Local history, cabinet 3',
    pages: 96,
    about: 'A lighthouse keeper writes to her sister every Sunday for eleven years. Thirty letters survive.',
    readerNote: 'Ask for the edition with the charts.',
  },
  {
    slug: 'bread-from-salt-water',
    title: 'Bread from Salt Water',
    author: 'Paolo Denning',
    year: 2021,
    shelf: 'Cooking, bay 30',
    pages: 184,
    about: 'Baking as ships once did, with starter kept alive across an ocean and no scales on board.',
    readerNote: 'The third loaf worked.',
  },
  {
    slug: 'the-night-ferry',
    title: 'The Night Ferry',
    author: 'Rosa Quill',
    year: 2025,
    shelf: 'Children, reading boat',
    pages: 40,
    about: 'A picture book about a girl, a bear and a ticket that is good for one crossing in the dark.',
    readerNote: 'Three times every evening since October.',
  },
];

const ABOVE = [{ path: '/catalogue', label: 'Catalogue' }];

const SHELVES = page({
  path: '/catalogue',
  title: 'Catalogue',
  description: 'A search of the shelves, and what the librarians put on the front table this month.',
  main: html`<div class="wrap">
<h1>Catalogue</h1>
<p class="lead">Eighty-four thousand titles, of which these stand on the front table this month.</p>
${catalogueSearch()}
<section id="front-table" aria-labelledby="front-table-heading">
<h2 id="front-table-heading">On the front table</h2>
${cards(BOOKS.map(({ slug, title, author, about }) => ({ path: `/catalogue/${slug}`, title, kicker: author, text: about })))}
</section>
<section id="elsewhere" aria-labelledby="elsewhere-heading">
<h2 id="elsewhere-heading">Look further</h2>
<ul>
<li><a href="/catalogue/new-arrivals">New arrivals of the last thirty days</a></li>
<li><a href="/go/county-catalogue">The catalogue of the county</a>, on a site of its own</li>
<li><a href="https://www.example.org/interlibrary">Interlibrary loans</a>, run by our partners</li>
</ul>
</section>
</div>`,
});

function catalogueSearch(): Html {
  return html`<form class="panel" role="search" aria-label="Search the catalogue" action="/search" method="get">
<div class="field"><label for="cat-q">Title, author or subject</label><input id="cat-q" name="q" type="search" autocomplete="off"></div>
<div class="field"><label for="cat-kind">Kind</label><select id="cat-kind" name="kind"><option value="">Everything</option><option value="book">Books</option><option value="film">Films</option><option value="music">Sheet music</option></select></div>
<button type="submit">Search the catalogue</button>
</form>`;
}

function bookPage(book: Book): Page {
  return page({
    path: `/catalogue/${book.slug}`,
    title: `${book.title} by ${book.author}`,
    description: book.about,
    above: ABOVE,
    main: html`<div class="wrap book">
<div class="cover" aria-hidden="true"><span>${book.title}</span><small>${book.author}</small></div>
<article>
<p class="kicker">Book</p>
<h1>${book.title}</h1>
<p class="lead">${book.about}</p>
<section id="details" aria-labelledby="details-heading">
<h2 id="details-heading">Details</h2>
<dl class="facts"><dt>Author</dt><dd>${book.author}</dd><dt>Published</dt><dd>${book.year}</dd><dt>Pages</dt><dd>${book.pages}</dd><dt>Where</dt><dd>${book.shelf}</dd></dl>
</section>
<section id="readers" aria-labelledby="readers-heading">
<h2 id="readers-heading">What a reader wrote</h2>
<blockquote><p>${book.readerNote}</p></blockquote>
</section>
<p><a class="button" href="/services/borrowing#get-a-card">Borrow it with a card</a></p>
</article>
</div>`,
  });
}

export const CATALOGUE_PAGES: readonly Page[] = [SHELVES, ...BOOKS.map(bookPage)];
