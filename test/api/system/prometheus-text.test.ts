import { describe, expect, it } from 'vitest';
import { prometheusText } from '../../../src/api/system/prometheus-text.ts';

// Expected texts after https://prometheus.io/docs/instrumenting/exposition_formats/, text format 0.0.4.
describe('Prometheus text', () => {
  it('puts the samples of a name together under one head', () => {
    const text = prometheusText([
      { name: 'a_total', help: 'A.', type: 'counter', labels: { q: 'one' }, value: 1 },
      { name: 'b', help: 'B.', type: 'gauge', labels: {}, value: 0.5 },
      { name: 'a_total', help: 'A.', type: 'counter', labels: { q: 'two', r: 'x' }, value: 2 },
    ]);
    expect(text).toBe(
      '# HELP a_total A.\n# TYPE a_total counter\na_total{q="one"} 1\na_total{q="two",r="x"} 2\n' +
        '# HELP b B.\n# TYPE b gauge\nb 0.5\n',
    );
  });

  it('escapes what has a meaning', () => {
    const text = prometheusText([
      { name: 'a', help: 'x\\y\nz', type: 'gauge', labels: { l: '"\\\n' }, value: 1 },
    ]);
    expect(text).toBe('# HELP a x\\\\y\\nz\n# TYPE a gauge\na{l="\\"\\\\\\n"} 1\n');
  });

  it.each([
    [Number.POSITIVE_INFINITY, '+Inf'],
    [Number.NEGATIVE_INFINITY, '-Inf'],
    [Number.NaN, 'NaN'],
    [1e21, '1e+21'],
  ])('writes %d', (value, written) => {
    expect(prometheusText([{ name: 'a', help: '', type: 'gauge', labels: {}, value }])).toContain(
      `\na ${written}\n`,
    );
  });

  it('is empty without samples', () => {
    expect(prometheusText([])).toBe('');
  });
});
