import type { Matches, MatchQuery, SearchQuery } from '../../model/search-query.ts';
import type { SearchIndex } from '../../ports/search-index.ts';
import { Candidates } from './candidates.ts';
import { indexQueries, MAX_MATCHED, NAME_GRAM } from './index-query.ts';
import { READ_LENGTH } from './passage.ts';
import { MAX_LINKED } from './rank.ts';
import { searchWords } from './spelling.ts';
import { isStopWord, stemOf, wordsOf } from './words.ts';

/** Words of a query past this many are ignored, and letters of a word. */
const MAX_WORDS = 16;
const MAX_LETTERS = 64;
/** Names and texts that are ranked, of those that match a query. */
const MAX_NAMES = 40;
const MAX_TEXTS = 30;
/** Sections with the same text among which the one on the shallowest page is chosen. */
const MAX_SHOWING = 1000;

/** Splits what a person typed into words; null if it has no letter and no digit. Nothing in it is an operator. */
export function parseQuery(text: string): SearchQuery | null {
  const words = wordsOf(text)
    .slice(0, MAX_WORDS)
    .map((word) => word.slice(0, MAX_LETTERS));
  if (words.length === 0) return null;
  const allMinor = words.every(isStopWord);
  const queryWords = words.map((word) => ({
    text: word,
    stem: stemOf(word),
    minor: !allMinor && isStopWord(word),
  }));
  return { text: text.trim(), phrase: words.join(' '), words: queryWords };
}

/** Finds the pages and sections that match a query by their names, texts or descriptions. */
export async function findMatches(index: SearchIndex, { query, site }: MatchQuery): Promise<Matches> {
  const { words, texts: documents } = await searchWords(index, query.words);
  const queries = indexQueries(query, words, index.dialect);
  const names = { queries: queries.names, site, limit: MAX_NAMES, maxSorted: MAX_MATCHED };
  const texts = { ...names, queries: queries.texts, limit: MAX_TEXTS, maxShowing: MAX_SHOWING };
  const [matchedNames, matchedTexts] = await Promise.all([
    query.phrase.length < NAME_GRAM
      ? index.matchTypedNames({ text: query.text.normalize('NFC'), site, limit: MAX_NAMES })
      : index.matchNames(names),
    index.matchTexts(texts),
  ]);
  const found = new Candidates(words);
  for (const match of matchedNames) found.addName(match);
  for (const match of matchedTexts) found.addText(match);
  const { pages, blocks } = found;
  const details = await index.detailsOf({ pages, blocks, maxLinks: MAX_LINKED, maxLength: READ_LENGTH });
  return { documents, words, candidates: found.read(details) };
}
