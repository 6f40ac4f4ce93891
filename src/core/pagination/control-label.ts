/** The function of a pagination control, by its label. */
export type ControlRole = 'next' | 'previous' | 'first' | 'last' | 'more';

const ARROWS: ReadonlyMap<string, ControlRole> = new Map<string, ControlRole>([
  ...signs('next', '› > → ▶ ► ⟩ 〉 ❯ » >> ≫ ⏵ chevron_right keyboard_arrow_right'),
  ...signs('previous', '‹ < ← ◀ ◄ ⟨ 〈 ❮ « << ≪ ⏴ chevron_left keyboard_arrow_left'),
  ...signs('last', '»» >>> >| ⏭ ▶▶ ⟫ last_page'),
  ...signs('first', '«« <<< |< ⏮ ◀◀ ⟪ first_page'),
]);

const WORDS: ReadonlyMap<string, ControlRole> = new Map<string, ControlRole>([
  ...words(
    'next',
    'next|next page|page next|go to next page|go to the next page|next results|more results|older|older posts|older entries|next set|' +
      '다음|다음 페이지|다음페이지|다음 목록|다음목록|다음 10개|다음으로|다음 페이지로|다음 블록|' +
      '次へ|次のページ|次ページ|下一页|下一頁|下页|weiter|nächste|nächste seite|suivant|suivante|page suivante|siguiente|avanti|próxima|следующая',
  ),
  ...words(
    'previous',
    'previous|prev|previous page|page previous|prev page|go to previous page|go to the previous page|newer|newer posts|newer entries|previous results|' +
      '이전|이전 페이지|이전페이지|이전 목록|이전목록|이전 10개|이전으로|이전 페이지로|이전 블록|' +
      '前へ|前のページ|前ページ|上一页|上一頁|上页|zurück|vorherige|vorherige seite|précédent|précédente|page précédente|anterior|предыдущая',
  ),
  ...words(
    'first',
    'first|first page|go to first page|처음|맨처음|맨 처음|처음으로|첫 페이지|첫페이지|처음 페이지|처음페이지|最初|首页|首頁',
  ),
  ...words(
    'last',
    'last|last page|go to last page|끝|맨끝|맨 끝|끝으로|마지막|마지막 페이지|마지막페이지|끝 페이지|끝페이지|맨뒤|맨마지막|最後|尾页|末页',
  ),
  ...words(
    'more',
    'load more|load more posts|load more articles|load more items|load more results|load more products|load more stories|load more news|' +
      'show more|show more results|show more posts|show more products|show more items|view more|view more results|see more results|more posts|' +
      '더보기|더 보기|더 불러오기|더불러오기|목록 더보기|목록 더 보기|결과 더보기|もっと見る|加载更多',
  ),
]);

/** Labels of what unfolds a text as often as it goes on in a list. */
const UNSURE = new Set(['show more', 'view more', '더보기', '더 보기', 'もっと見る']);

const MAX_LABEL = 60;
/** Arrows, dots and brackets around a word. */
const TRIMMINGS = /^[\s‹›«»<>←→▶►◀◄❮❯|([\]).:…]+|[\s‹›«»<>←→▶►◀◄❮❯|([\]).:…]+$/gu;
/** What a counter shows behind the words of a control: `(3/12)`. */
const COUNTER = /\s*\(?\d{1,6}\s*\/\s*\d{1,6}\)?$/;
const PAGE_NUMBER =
  /^(?:(?:(?:go )?to )?page ?|페이지 |열린 ?)?[[(-]?\s?(?<number>\d{1,3}(?:,\d{3})+|\d{1,6})\s?[\])-]?(?: ?(?:페이지|쪽|page|of \d{1,6})| \((?:current|현재)\))?$/i;

/** How many a step takes, behind its word: `older 50`, `다음 10`. */
const STEP_SIZE = / \d{1,4}$/;

/** The role of a control whose label is nothing but the name of that role; null for any other label, titles above all. */
export function controlRoleOf(label: string): ControlRole | null {
  if (label.length > MAX_LABEL) return null;
  const text = fold(label);
  const arrow = ARROWS.get(text.replaceAll(' ', ''));
  const words = text.replace(COUNTER, '').replace(TRIMMINGS, '');
  return arrow ?? WORDS.get(words) ?? WORDS.get(words.replace(STEP_SIZE, '')) ?? null;
}

/** Whether a label for more may as well unfold a text. */
export function isUnsure(label: string): boolean {
  return UNSURE.has(fold(label).replace(COUNTER, '').replace(TRIMMINGS, ''));
}

/** Whether the label is a double arrow, which stands for the end where single ones stand for the neighbour. */
export function isDoubleArrow(label: string): boolean {
  return /^(?:[»«≫≪]|>>|<<)$/.test(label.trim());
}

/** The page number that a label names: `3`, `[3]`, `Page 3`, `3페이지`; null if it is not one. */
export function pageNumberOf(label: string): number | null {
  if (label.length > MAX_LABEL) return null;
  const number = PAGE_NUMBER.exec(label.trim())?.groups?.['number'];
  return number === undefined ? null : Number(number.replaceAll(',', ''));
}

function fold(label: string): string {
  return label.trim().replace(/\s+/g, ' ').toLowerCase();
}

function signs(role: ControlRole, texts: string): [string, ControlRole][] {
  return texts.split(' ').map((text) => [text, role]);
}

function words(role: ControlRole, texts: string): [string, ControlRole][] {
  return texts.split('|').map((text) => [text, role]);
}

/** The page number and total that a pagination states in words. */
export interface StatedPage {
  readonly current: number | null;
  readonly last: number | null;
}

const MAX_TEXT = 1000;
const PAGE_OF =
  /(?:page|페이지|쪽)\s{0,2}(?<current>\d{1,6})(?!\d)(?:\s{0,2}(?:of|\/|중)\s{0,2}(?<last>\d{1,6})(?!\d))?/i;
const FRACTION = /(?<![\d/])(?<current>\d{1,6})\s{0,2}\/\s{0,2}(?<last>\d{1,6})(?![\d/])/;
const TOTAL = /(?:총|전체)\s{0,2}(?<last>\d{1,6})\s{0,2}(?:페이지|쪽)/;

/** Reads `Page 3 of 12`, `3 / 12`, `총 12페이지` from the text of a pagination. */
export function statedPage(text: string): StatedPage {
  const start = text.slice(0, MAX_TEXT);
  const { current, last } = (PAGE_OF.exec(start) ?? FRACTION.exec(start) ?? TOTAL.exec(start))?.groups ?? {};
  return { current: numberOf(current), last: numberOf(last) };
}

function numberOf(digits: string | undefined): number | null {
  return digits === undefined ? null : Number(digits);
}
