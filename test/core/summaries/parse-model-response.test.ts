import { describe, expect, it } from 'vitest';
import { parseModelResponse } from '../../../src/core/summaries/model-messages.ts';

function answer(...summaries: unknown[]): string {
  return JSON.stringify({ summaries });
}

describe('the response of a model', () => {
  it('is put in the order of the texts', () => {
    const content = answer({ n: 2, summary: 'Two.' }, { n: 1, summary: 'One.' });
    expect(parseModelResponse(content, 2)).toEqual(['One.', 'Two.']);
  });

  it('may stand in a code fence', () => {
    expect(parseModelResponse(`\`\`\`json\n${answer({ n: 1, summary: 'One.' })}\n\`\`\``, 1)).toEqual([
      'One.',
    ]);
  });

  it('leaves out what it does not name', () => {
    expect(parseModelResponse(answer({ n: 2, summary: 'Two.' }), 3)).toEqual([null, 'Two.', null]);
  });

  it.each([
    ['not JSON', 'Sure! Here are the summaries:'],
    ['cut off', '{"summaries":[{"n":1,"summary":"One.'],
    ['of another shape', '{"summaries":"One."}'],
    ['empty', ''],
    ['null', 'null'],
  ])('that is %s gives nothing', (_, content) => {
    expect(parseModelResponse(content, 1)).toEqual([null]);
  });

  it.each([
    ['names no text', { n: 0, summary: 'x' }],
    ['names a text that was not asked for', { n: 3, summary: 'x' }],
    ['names half a text', { n: 1.5, summary: 'x' }],
    ['is no text', { n: 1, summary: 7 }],
    ['is empty', { n: 1, summary: ' \n' }],
    ['is nothing but signs', { n: 1, summary: '…' }],
    ['is a refusal', { n: 1, summary: 'I’m sorry, I can’t help with that.' }],
    ['is a refusal in Korean', { n: 1, summary: '죄송합니다. 요약할 수 없습니다.' }],
    ['is no entry', 'x'],
  ])('gives nothing for an entry that %s', (_, entry) => {
    expect(parseModelResponse(answer(entry, { n: 2, summary: 'Two.' }), 2)).toEqual([null, 'Two.']);
  });

  it('gives nothing for a text that it names twice, even three times', () => {
    const one = { n: 1, summary: 'One.' };
    expect(parseModelResponse(answer(one, one, one), 1)).toEqual([null]);
  });

  it('is made plain and short', () => {
    const long = `<b>Tides</b> ${'and more '.repeat(200)}`;
    const [text] = parseModelResponse(answer({ n: 1, summary: long }), 1);
    expect(text).toMatch(/^Tides and more .*…$/);
    expect(text?.length).toBeLessThanOrEqual(500);
  });
});
