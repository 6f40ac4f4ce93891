import { expect, it } from 'vitest';
import { mayStartTask } from '../../../src/core/tasks/give-way.ts';

const NOW = 1_000_000;

it.each([
  { what: 'a free place', ages: [0], concurrency: 2, may: true },
  { what: 'no free place', ages: [0, 14_999], concurrency: 2, may: false },
  { what: 'a run without progress', ages: [0, 15_000], concurrency: 2, may: true },
  { what: 'its place given to another', ages: [0, 15_000, 0], concurrency: 2, may: false },
  { what: 'twice the concurrency', ages: [15_000, 15_000, 15_000, 15_000], concurrency: 2, may: false },
])('decides by progress: $what', ({ ages, concurrency, may }) => {
  const progressAt = ages.map((age) => NOW - age);
  expect(mayStartTask(progressAt, { concurrency, giveWayMs: 15_000 }, NOW)).toBe(may);
});

it('counts every run without a limit of time', () => {
  expect(mayStartTask([0], { concurrency: 1 }, NOW)).toBe(false);
});
