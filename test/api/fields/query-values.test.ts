import { z } from '@hono/zod-openapi';
import { describe, expect, it } from 'vitest';
import { queryValues } from '../../../src/api/fields/query-values.ts';

const SCHEMA = z.strictObject({
  text: z.string(),
  count: z.int().default(1),
  flag: z.boolean().optional(),
  names: z.array(z.string()).default([]),
  word: z.enum(['a', 'b']).default('a'),
});

const read = (query: string) => queryValues(SCHEMA, new URLSearchParams(query));

describe('the values of a query', () => {
  it('are of the kinds that the schema takes', () => {
    expect(read('text=5&count=-7&flag=false&names=x&names=y&word=b')).toEqual({
      values: { text: '5', count: -7, flag: false, names: ['x', 'y'], word: 'b' },
      problems: [],
    });
  });

  it('are a list even if there is one of them', () => {
    expect(read('names=x').values).toEqual({ names: ['x'] });
  });

  it('are left out where the query does', () => {
    expect(read('').values).toEqual({});
  });

  it('are handed on where the schema does not know them', () => {
    expect(read('other=1')).toEqual({ values: { other: '1' }, problems: [] });
  });

  it('are decoded', () => {
    expect(read('text=a%20b%2B+c').values).toEqual({ text: 'a b+ c' });
  });

  it.each([
    ['count=x', 'count', 'must be a whole number'],
    ['flag=yes', 'flag', 'must be true or false'],
    ['text=a&text=b', 'text', 'is given more than once'],
  ])('are refused: %s', (query, path, message) => {
    expect(read(query)).toEqual({ values: {}, problems: [{ path, message }] });
  });
});
