import { html, type Page, page } from '../page.ts';
import { cards } from '../views.ts';
import { NEXT_EVENT } from './events.ts';
import { dayOf, LONG_NOTICES, noticePath } from './notices.ts';

const NEWS = LONG_NOTICES.slice(0, 2).map(({ slug, title, lead, position }) => ({
  path: noticePath(slug),
  title,
  text: lead,
  kicker: dayOf(position).text,
}));

const EVENT = {
  path: NEXT_EVENT.path,
  title: NEXT_EVENT.title,
  text: NEXT_EVENT.lead,
  kicker: NEXT_EVENT.kicker ?? 'Event',
};

export const FRONT_PAGE: Page = page({
  path: '/',
  title: 'Saltmere Library',
  description:
    'The public library of Saltmere: books, rooms, tools and talks in the old customs house on the quay.',
  main: html`<section class="hero" aria-labelledby="welcome">
<div class="wrap">
<div>
<h1 id="welcome">A house full of books, with a view of the sea</h1>
<p class="lead">Saltmere Library lends books, rooms and apple presses in the old customs house on the quay. Come in; it is free and it is warm.</p>
<p class="actions"><a class="button" href="/services">What we do</a> <a class="button quiet" href="/hours">When we are open</a></p>
</div>
<img src="/images/harbour.svg" alt="The library on the quay: a white house with a lantern tower, boats before it" width="560" height="360">
</div>
</section>
<div class="wrap">
<section id="today" aria-labelledby="today-heading">
<h2 id="today-heading">This week</h2>
<dl class="tiles">
<div><dt>Tuesday to Friday</dt><dd>9:00 to 20:00</dd></div>
<div><dt>Saturday</dt><dd>10:00 to 18:00</dd></div>
<div><dt>Sunday</dt><dd>10:00 to 16:00</dd></div>
<div><dt>Monday</dt><dd>Closed</dd></div>
</dl>
</section>
<section id="news" aria-labelledby="news-heading">
<h2 id="news-heading">News and events</h2>
${cards([...NEWS, EVENT])}
<p><a href="/notices?page=1">All notices</a></p>
</section>
</div>`,
});
