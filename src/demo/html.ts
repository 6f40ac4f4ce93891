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
