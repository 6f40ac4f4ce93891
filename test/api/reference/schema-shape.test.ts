import { describe, expect, it } from 'vitest';
import { boundsOf, type SchemaShape, typeWords } from '../../../src/api/reference/schema-shape.ts';

const words = (shape: SchemaShape) =>
  typeWords(shape)
    .map(({ text }) => text)
    .join('');

describe('a type in words', () => {
  it.each<[SchemaShape, string]>([
    [{ type: 'string' }, 'string'],
    [{ type: 'integer' }, 'whole number'],
    [{ type: ['string', 'null'] }, 'string or null'],
    [{ type: 'array', items: { $ref: '#/components/schemas/Page' } }, 'list of Page'],
    [{ enum: ['auto', 'http'] }, 'auto | http'],
    [{ const: 'ok' }, '"ok"'],
    [{ type: 'object', additionalProperties: { type: 'integer' } }, 'names to whole number'],
    [{ anyOf: [{ $ref: '#/components/schemas/TaskResult' }, { type: 'null' }] }, 'TaskResult or null'],
    [{ allOf: [{ $ref: '#/components/schemas/Page' }, { description: 'about it' }] }, 'Page'],
    [{ type: 'string', format: 'date-time' }, 'time (RFC 3339)'],
    [{}, 'any'],
  ])('%j', (shape, expected) => {
    expect(words(shape)).toBe(expected);
  });

  it('links to the schema it names', () => {
    expect(typeWords({ $ref: '#/components/schemas/Page' })).toEqual([{ text: 'Page', schema: 'Page' }]);
  });
});

describe('the bounds of a number', () => {
  it.each<[SchemaShape, string]>([
    [{ minimum: 0, maximum: 9 }, '0 to 9'],
    [{ minimum: 1 }, 'from 1'],
    [{ maximum: 5 }, 'to 5'],
    [{}, ''],
  ])('%j', (shape, expected) => {
    expect(boundsOf(shape)).toBe(expected);
  });
});
