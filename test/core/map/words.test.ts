import { describe, expect, it } from 'vitest';
import { parseQuery } from '../../../src/core/map/match.ts';
import { titleParts, withoutNumber } from '../../../src/core/map/names.ts';
import { editDistance, nearlySpelt } from '../../../src/core/map/spelling.ts';
import { foldText, foldWithOrigins, stemOf, wordsOf } from '../../../src/core/map/words.ts';

const letters = (text: string) => text.normalize('NFD');

describe('folded text', () => {
  it.each([
    ['Opening HOURS', 'opening hours'],
    ['Café Ångström', 'cafe angstrom'],
    ['ﬁle ①', 'file 1'],
    ['개관', letters('개관')],
    ['', ''],
  ])('%s', (text, folded) => {
    expect(foldText(text)).toBe(folded);
    expect(foldWithOrigins(text).text).toBe(folded);
  });

  it('knows where its letters come from', () => {
    const folded = foldWithOrigins('é개b');
    expect([...folded.text].map((_, index) => folded.origin(index))).toEqual([0, 1, 1, 2]);
    expect(folded.origin(99)).toBe(3);
  });

  it('has words of letters and digits', () => {
    expect(wordsOf('os.path-join(x_1), “Ja!”')).toEqual(['os', 'path', 'join', 'x', '1', 'ja']);
    expect(wordsOf(' … ')).toEqual([]);
  });
});

describe('stems', () => {
  it.each([
    ['hours', 'hour'],
    ['printing', 'print'],
    ['prices', 'pric'],
    ['price', 'pric'],
    ['create', 'creat'],
    ['creating', 'creat'],
    ['time', 'time'],
    ['libraries', 'librar'],
    ['library', 'librar'],
    ['string', 'string'],
    ['class', 'class'],
    ['bus', 'bus'],
    ['cars', 'car'],
    ['ping', 'ping'],
    ['책을', '책'],
    ['대출증은', '대출증'],
    ['도서관에서', '도서관'],
    ['아이', '아이'],
    ['반납하려면', '반납'],
    ['예약할', '예약'],
    ['이용', '이용'],
  ])('of %s is %s', (word, stem) => {
    expect(stemOf(foldText(word))).toBe(foldText(stem));
  });
});

describe('edit distance', () => {
  it.each([
    ['hours', 'hours', 0],
    ['huors', 'hours', 1],
    ['delivry', 'delivery', 1],
    ['libary', 'library', 1],
    ['kitten', 'sitting', 3],
    ['', 'ab', 2],
  ])('%s, %s: %i', (a, b, distance) => {
    expect(editDistance(a, b, 3)).toBe(distance);
    expect(editDistance(b, a, 3)).toBe(distance);
  });

  it('is not computed past the maximum', () => {
    expect(editDistance('kitten', 'sitting', 2)).toBe(3);
    expect(editDistance('a'.repeat(5000), 'b', 2)).toBe(3);
  });

  it('counts letters of a syllable', () => {
    expect(editDistance(letters('안네'), letters('안내'), 2)).toBe(1);
  });
});

describe('words that are spelt nearly alike', () => {
  const known = ['hours', 'house', 'tours', 'ours', 'flowers', 'yours'];
  const documentsOf = (word: string) => (word === 'yours' ? 0 : word.length);

  it('come by likeness, then by how often they stand on pages; none that stands nowhere', () => {
    expect(nearlySpelt('huors', known, documentsOf).map(({ text }) => text)).toEqual(['hours']);
    expect(nearlySpelt('hour', known, documentsOf).map(({ text }) => text)).toEqual(['hours']);
    expect(nearlySpelt('zours', known, documentsOf).map(({ text }) => text)).toEqual([
      'hours',
      'tours',
      'ours',
    ]);
    expect(nearlySpelt('zebra', known, documentsOf)).toEqual([]);
  });
});

describe('a query', () => {
  it('is words, those that say little marked', () => {
    const query = parseQuery(' How do I get a Library card? ');
    expect(query?.text).toBe('How do I get a Library card?');
    expect(query?.phrase).toBe('how do i get a library card');
    expect(query?.words.filter(({ minor }) => !minor).map(({ text }) => text)).toEqual(['library', 'card']);
  });

  it('counts all words if all say little', () => {
    expect(parseQuery('about us')?.words.map(({ minor }) => minor)).toEqual([false, false]);
  });

  it('is none without a letter or digit', () => {
    expect(parseQuery(' "*?!… ')).toBeNull();
    expect(parseQuery('')).toBeNull();
  });

  it('is bounded', () => {
    expect(parseQuery('word '.repeat(2000))?.words).toHaveLength(16);
    expect(parseQuery('x'.repeat(10_000))?.words[0]?.text).toHaveLength(64);
  });
});

describe('a title', () => {
  it.each([
    ['Rooms · Saltmere Library', ['Rooms', 'Saltmere Library']],
    ['5.1.3. List Comprehensions — Python', ['List Comprehensions', 'Python']],
    ['News | Town', ['News', 'Town']],
    ['Self-made', ['Self-made']],
    ['2001', ['2001']],
    ['', []],
  ])('%s', (title, parts) => {
    expect(titleParts(title).map(({ text }) => text)).toEqual(parts);
  });

  it('loses the number of its chapter', () => {
    expect(['1. A', '10.2 B', '3 C', '3D', '1984'].map(withoutNumber)).toEqual(['A', 'B', 'C', '3D', '1984']);
  });
});
