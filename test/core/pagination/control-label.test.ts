import { describe, expect, it } from 'vitest';
import { controlRoleOf, isUnsure, pageNumberOf } from '../../../src/core/pagination/control-label.ts';

describe('the role of a control', () => {
  it.each([
    [
      'next',
      [
        'Next',
        'NEXT »',
        'next page →',
        '›',
        '»',
        '> ',
        '→',
        'Older posts',
        '다음',
        '다음 페이지',
        '다음 10개',
        '次へ',
        '下一页',
      ],
    ],
    ['previous', ['Previous', '« Prev', '‹', '←', 'Newer posts', '이전', '이전 페이지', '前へ', '上一页']],
    ['first', ['First', '« First', '처음', '맨처음', '|<', '««']],
    ['last', ['Last page', 'Last »', '끝', '맨끝', '마지막', '>|', '»»']],
    ['more', ['Load more', 'Load more posts', '더보기', '더 보기 (1/12)', 'Show more results']],
  ])('%s is told by its label', (role, labels) => {
    expect(labels.map(controlRoleOf)).toEqual(labels.map(() => role));
  });

  it.each([
    'Next: Chapter 4',
    'Next post',
    'Next chapter',
    'Next article →',
    'What next?',
    '다음글',
    '이전글',
    '다음 글: 휴관 안내',
    'Load more comments',
    'Read more',
    'Last year',
    '',
    ' '.repeat(100_000),
  ])('is not told by a title: %.20s', (label) => {
    expect(controlRoleOf(label)).toBeNull();
  });

  it('is unsure where the label unfolds texts as well', () => {
    expect(['더보기', '더보기 (1/12)', 'Show more', 'Load more'].map(isUnsure)).toEqual([
      true,
      true,
      true,
      false,
    ]);
  });
});

describe('a page number', () => {
  it.each([
    ['3', 3],
    [' 12 ', 12],
    ['[13]', 13],
    ['Page 2', 2],
    ['Go to page 10', 10],
    ['page 4 of 9', 4],
    ['3페이지', 3],
    ['1,204', 1204],
    ['3.12', null],
    ['python (12)', null],
    ['12345678', null],
    ['1-10', null],
    ['Chapter 3', null],
    ['-', null],
    ['', null],
  ])('is read from its label: %s', (label, number) => {
    expect(pageNumberOf(label)).toBe(number);
  });
});
