import { type Html, html, type Page, page } from '../page.ts';
import { type Day, dayOf, LONG_NOTICES, noticePath } from './notices.ts';

const NOTICES = 120;
const PER_PAGE = 10;
const LAST_PAGE = NOTICES / PER_PAGE;

interface Notice {
  readonly title: string;
  readonly text: string;
  readonly day: Day;
  /** Of its own page; most notices are told in full on the board. */
  readonly path: string | null;
}

/** Notices that come round every two months or so. */
const ROUTINE: readonly (readonly [title: string, text: string])[] = [
  [
    'Story time in MONTH',
    'Every Saturday at half past ten in the reading boat, and in Korean twice this month.',
  ],
  [
    'Lost and found, MONTH',
    'Four umbrellas, one violin bow, a left boot. They wait at the welcome desk for six weeks.',
  ],
  [
    'New films for MONTH',
    'Thirty-one films are on the shelf beside the lift, nine of them with audio description.',
  ],
  [
    'Hatch closed for cleaning',
    'The blue return hatch on the quay side is shut on Sunday morning until ten.',
  ],
  ['Harbour talk of MONTH', 'Thursday at half past seven in the Net Loft. Soup from seven.'],
  ['Boat round moved by a day', 'Because of the tide the boat calls at the islands on Wednesday.'],
  ['Printer on the first floor', 'Colour is back. Black never went away.'],
  [
    'Repair evening in MONTH',
    'The last Friday of the month. Somebody who understands coffee machines has promised to come.',
  ],
  ['Exam season', 'The long tables on the third floor stay open until ten at night for two weeks.'],
  [
    'First chapters in MONTH',
    'Two books, two first chapters, one argument. Wednesday at seven by the west window.',
  ],
  [
    'Book sale on the steps',
    'Everything that we have twice, for a coin of your choice. If it rains, in the hall.',
  ],
  ['Window cleaning', 'On Monday the blinds are up and the ladders are out. The house is closed anyway.'],
  [
    'Sheet music wanted',
    'The Saltmere Band looks for marches that nobody has heard. Leave them at the desk.',
  ],
  ['Chess by the stairs, MONTH', 'Two boards, every afternoon. Beginners are beaten kindly.'],
  ['Reading lamp amnesty', 'Eleven of our lamps have gone home with readers. No questions will be asked.'],
  ['Network upgrade', 'There is no wireless network on Tuesday between seven and nine in the morning.'],
  ['Class visits in MONTH', 'The children’s floor is lively on weekday mornings. The quiet floor is not.'],
];

function notice(position: number): Notice {
  const day = dayOf(position);
  const long = LONG_NOTICES.find((candidate) => candidate.position === position);
  if (long !== undefined) return { title: long.title, text: long.lead, day, path: noticePath(long.slug) };
  const [title, text] = ROUTINE[position % ROUTINE.length] ?? ['', ''];
  return { title: title.replace('MONTH', day.month), text, day, path: null };
}

function boardPath(number: number): string {
  return `/notices?page=${number}`;
}

function boardPage(number: number): Page {
  const first = (number - 1) * PER_PAGE;
  const notices = Array.from({ length: PER_PAGE }, (_, offset) => notice(first + offset));
  return page({
    path: boardPath(number),
    title: number === 1 ? 'Notices' : `Notices, page ${number}`,
    description: `What is new in the house: notices ${first + 1} to ${first + PER_PAGE} of ${NOTICES}.`,
    above: number === 1 ? [] : [{ path: boardPath(1), label: 'Notices' }],
    head: headLinks(number),
    main: html`<div class="wrap">
<h1>Notices</h1>
<p class="lead">What is new in the house. Notices ${first + 1} to ${first + PER_PAGE} of ${NOTICES}.</p>
<ol class="board" start="${first + 1}">${notices.map(boardEntry)}</ol>
${pagination(number)}
</div>`,
  });
}

function headLinks(number: number): Html {
  const previous = number > 1 ? html`<link rel="prev" href="${boardPath(number - 1)}">` : null;
  const next = number < LAST_PAGE ? html`<link rel="next" href="${boardPath(number + 1)}">` : null;
  return html`${previous}${next}`;
}

function boardEntry({ title, text, day, path }: Notice): Html {
  return html`<li>
<time datetime="${day.iso}">${day.text}</time>
<h2>${path === null ? title : html`<a href="${path}">${title}</a>`}</h2>
<p>${text}</p>
</li>`;
}

function pagination(current: number): Html {
  const numbers = Array.from({ length: LAST_PAGE }, (_, index) => index + 1);
  const previous = html`<li><a href="${boardPath(current - 1)}" rel="prev">Previous</a></li>`;
  const next = html`<li><a href="${boardPath(current + 1)}" rel="next">Next</a></li>`;
  return html`<nav class="pagination" aria-label="Pagination">
<ul>${current > 1 ? previous : null}${numbers.map((number) => numberLink(number, current))}${current < LAST_PAGE ? next : null}</ul>
</nav>`;
}

function numberLink(number: number, current: number): Html {
  const mark = number === current ? html` aria-current="page"` : null;
  return html`<li><a href="${boardPath(number)}" aria-label="Page ${number}"${mark}>${number}</a></li>`;
}

/** The board, `/notices?page=1` to `/notices?page=12`. */
export const BOARD_PAGES: readonly Page[] = Array.from({ length: LAST_PAGE }, (_, index) =>
  boardPage(index + 1),
);
