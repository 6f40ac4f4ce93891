import { describe, expect, it } from 'vitest';
import { parseQuery } from '../../../src/core/map/match.ts';
import { rankCandidates } from '../../../src/core/map/rank.ts';
import type { SectionHead } from '../../../src/model/head.ts';
import type { Candidate, Matches, SearchQuery } from '../../../src/model/search-query.ts';

function queryOf(text: string): SearchQuery {
  const query = parseQuery(text);
  if (query === null) throw new Error(`“${text}” has no word`);
  return query;
}

function candidate(url: string, about: Partial<Candidate> = {}): Candidate {
  return {
    url,
    title: url,
    description: null,
    language: null,
    depth: 1,
    linked: 1,
    section: null,
    fragment: null,
    headings: [],
    linkTexts: [],
    textScores: [],
    snippet: '',
    ...about,
  };
}

function section(heading: string, type = 'section'): SectionHead {
  return { id: heading, order: 1, path: 'main', type, heading, anchor: 'x', label: null };
}

/** URLs in the order of rank; words have the documents that are given, or 10 of 1,000. */
function ranked(text: string, candidates: readonly Candidate[], documents: readonly number[] = []): string[] {
  const query = queryOf(text);
  const matches: Matches = {
    documents: 1000,
    words: query.words.map(({ text: word, stem }, index) => ({
      forms: [{ text: word, stem, likeness: 1 }],
      documents: documents[index] ?? 10,
    })),
    candidates,
  };
  return rankCandidates(query, matches).map(({ candidate: { url } }) => url);
}

describe('the rank of candidates', () => {
  it('is title and heading before label, label before description, description before text', () => {
    const order = ranked('tides', [
      candidate('text', { textScores: [1] }),
      candidate('description', { description: 'All about the tides' }),
      candidate('label', { linkTexts: ['Tides'] }),
      candidate('title', { title: 'Tides · Town' }),
    ]);
    expect(order).toEqual(['title', 'label', 'description', 'text']);
  });

  it('puts the name that equals the query first', () => {
    const order = ranked('repair evening', [
      candidate('long', { title: 'Repair evening and other dates of the winter' }),
      candidate('exact', { title: 'Repair evening' }),
      candidate('half', { title: 'Evening' }),
    ]);
    expect(order).toEqual(['exact', 'long', 'half']);
  });

  it('gives rare words more weight', () => {
    const candidates = [candidate('common', { title: 'Library' }), candidate('rare', { title: 'Telescope' })];
    expect(ranked('library telescope', candidates, [200, 2])).toEqual(['rare', 'common']);
  });

  it('knows a section by its page too, but the page before its sections', () => {
    const page = { title: 'Lantern Room' };
    const candidates = [
      candidate('page', page),
      candidate('there', { ...page, section: section('Equipment') }),
      candidate('elsewhere', { title: 'Net Loft', section: section('Equipment') }),
    ];
    expect(ranked('lantern room equipment', candidates)[0]).toBe('there');
    expect(ranked('lantern room', candidates)[0]).toBe('page');
  });

  it('puts menus last, and what is better known first', () => {
    const order = ranked('tides', [
      candidate('menu', { title: 'x', section: section('Tides', 'navigation') }),
      candidate('deep', { title: 'Tides', depth: 6 }),
      candidate('known', { title: 'Tides', linked: 150 }),
      candidate('near', { title: 'Tides' }),
    ]);
    expect(order).toEqual(['known', 'near', 'deep', 'menu']);
  });

  it('leaves out weak matches', () => {
    expect(ranked('zebra tides', [candidate('a', { textScores: [0, 0.8] })], [0, 900])).toEqual([]);
  });
});
