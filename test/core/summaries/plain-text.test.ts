import { describe, expect, it } from 'vitest';
import { clip, plainText, withoutMarkup } from '../../../src/core/summaries/plain-text.ts';

describe('plain text', () => {
  it.each([
    ['folds white space', ' one\n\ttwo \u00a0three ', 'one two three'],
    ['drops control characters', 'a\u0000b\u001b[31mc\u009f', 'a b [31mc'],
    ['drops what turns the direction of reading', 'safe\u202eexe.txt\u2066', 'safe exe.txt'],
    ['drops letters that nobody sees', 'a\u200bb\u{e0041}\u{e0042}c\ufeff', 'a b c'],
    ['drops halves of letters', 'a\ud800b', 'a b'],
    ['keeps angle brackets of a text', 'if a < b then <class int>', 'if a < b then <class int>'],
  ])('%s', (_, text, expected) => {
    expect(plainText(text)).toBe(expected);
  });
});

describe('text without markup', () => {
  it.each([
    ['loses tags', 'Hi <script src="//evil.test">there</script><img src=x onerror=y>', 'Hi there'],
    ['loses comments and declarations', 'a <!doctype html> b', 'a b'],
    ['keeps the words of links', 'See [the tides](http://evil.test/?q=1).', 'See the tides.'],
    ['loses pictures', '![track](http://evil.test/p.gif) Tides', 'track Tides'],
    ['loses emphasis and code marks', '**Tides** of `today`', 'Tides of today'],
    ['loses the mark of a heading', '# Tides', 'Tides'],
    ['keeps what is no markup', '2 ** 3 < 9 [sic] __init__', '2 ** 3 < 9 [sic] __init__'],
  ])('%s', (_, text, expected) => {
    expect(withoutMarkup(text)).toBe(expected);
  });

  it('takes no long time for hostile text', () => {
    const startedAt = performance.now();
    for (const piece of ['<a', '![', '**', '`', '[](', '<!']) withoutMarkup(piece.repeat(10_000));
    expect(performance.now() - startedAt).toBeLessThan(2000);
  });
});

describe('clipping', () => {
  it('leaves short text alone', () => {
    expect(clip('twelve chars', 12)).toBe('twelve chars');
  });

  it('cuts after a word', () => {
    expect(clip('one two three four', 15)).toBe('one two three…');
  });

  it('cuts a long word, but no letter in two', () => {
    expect(clip('x'.repeat(20), 10)).toBe(`${'x'.repeat(9)}…`);
    expect(clip(`${'x'.repeat(8)}😀😀`, 10)).toBe(`${'x'.repeat(8)}…`);
  });
});
