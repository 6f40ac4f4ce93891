import { html } from '../html.ts';
import type { Page } from '../page.ts';
import { articlePage } from '../views/article.ts';

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
