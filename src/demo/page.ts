export interface Crumb {
  readonly path: string;
  readonly label: string;
}

/** One page of the demo site; the frame puts header, breadcrumb and footer around it. */
export interface Page {
  /** With the query string, if the page has one. */
  readonly path: string;
  /** Without the name of the site. */
  readonly title: string;
  readonly description: string;
  readonly language: 'en' | 'ko';
  /** The pages above this one, below the front page. */
  readonly above: readonly Crumb[];
  readonly main: Html;
  /** More for the `head`. */
  readonly head: Html | null;
}

export type PageDraft = Pick<Page, 'path' | 'title' | 'description' | 'main'> & Partial<Page>;

/** Fills in what most pages share. */
export function page(draft: PageDraft): Page {
  return { language: 'en', above: [], head: null, ...draft };
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Markup that is safe as it stands. */
export class Html {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  toString(): string {
    return this.#text;
  }
}

/** What may stand in a hole of a template; strings are escaped, null leaves nothing. */
export type Fragment = Html | string | number | null | readonly Fragment[];

/** A template of markup: what is put into its holes is escaped unless it is markup itself. */
export function html(parts: TemplateStringsArray, ...holes: readonly Fragment[]): Html {
  return new Html(String.raw({ raw: parts }, ...holes.map(render)));
}

function render(fragment: Fragment): string {
  if (fragment === null) return '';
  if (fragment instanceof Html) return fragment.toString();
  if (typeof fragment === 'object') return fragment.map(render).join('');
  return String(fragment).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
