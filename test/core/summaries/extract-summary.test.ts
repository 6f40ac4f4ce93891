import { describe, expect, it } from 'vitest';
import { extractSummary, sentencesOf } from '../../../src/core/summaries/extract-summary.ts';

const FERRY =
  'The island ferry leaves the harbour at nine every morning. Coffee is sold on deck. ' +
  'Tickets for the ferry cost six euros and are sold on board. The mayor once lost a hat here. ' +
  'In winter the ferry leaves the harbour at ten, and not at all in a storm. Dogs are welcome.';

const LIBRARY =
  '시립 도서관은 평일 오전 아홉 시에 문을 엽니다. 커피는 일 층에서 팝니다. 도서관 대출은 한 번에 다섯 권까지 할 수 있습니다. ' +
  '창밖으로 강이 보입니다. 도서관 대출 기간은 두 주이고, 한 번 연장할 수 있습니다. 주차는 무료입니다.';

describe('an extractive summary', () => {
  it('takes the sentences that hold the words of the text and its title, in their order', () => {
    const summary = extractSummary(FERRY, 'Ferry', 'en');
    expect(summary).toContain('The island ferry leaves the harbour at nine every morning.');
    for (const aside of ['Coffee', 'mayor', 'Dogs']) expect(summary).not.toContain(aside);
    const [first, second] = sentencesOf(summary, 'en');
    expect(FERRY.indexOf(first ?? '?')).toBeLessThan(FERRY.indexOf(second ?? '?'));
  });

  it('works for Korean', () => {
    const summary = extractSummary(LIBRARY, '도서관 대출', 'ko');
    expect(summary).toContain('도서관 대출');
    for (const aside of ['커피', '창밖', '주차']) expect(summary).not.toContain(aside);
  });

  it('is the same every time', () => {
    expect(extractSummary(FERRY, 'Ferry', 'en')).toBe(extractSummary(FERRY, 'Ferry', 'en'));
  });

  it.each([
    ['one endless sentence', 'word '.repeat(5000)],
    ['one endless word', 'x'.repeat(50_000)],
    ['nothing but full stops', '. '.repeat(20_000)],
    ['nothing but brackets', '(['.repeat(20_000)],
    ['sentences without end', 'Go. '.repeat(20_000)],
    ['emoji', '👩‍👩‍👧‍👦'.repeat(5000)],
  ])('is short, and is there within 200 ms, of %s', (_, text) => {
    const startedAt = performance.now();
    const summary = extractSummary(text, 'A title', null);
    expect(performance.now() - startedAt).toBeLessThan(200);
    expect(summary.length).toBeGreaterThan(0);
    expect(summary.length).toBeLessThanOrEqual(280);
  });

  it('is empty for an empty text', () => {
    expect(extractSummary('', 'A title', 'en')).toBe('');
  });
});

describe('sentences', () => {
  it('do not end at an abbreviation or a number', () => {
    expect(sentencesOf('Ask Dr. Kim, e.g. on Monday. It costs 3.50 euros.', 'en')).toEqual([
      'Ask Dr. Kim, e.g. on Monday.',
      'It costs 3.50 euros.',
    ]);
  });

  it('are separated in Korean', () => {
    expect(sentencesOf('문을 엽니다. 들어오세요! 몇 시에 닫나요?', 'ko-KR')).toEqual([
      '문을 엽니다.',
      '들어오세요!',
      '몇 시에 닫나요?',
    ]);
  });
});
