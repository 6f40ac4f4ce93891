import type { Subject } from '../../src/model/summary.ts';

/** What the pool posts to its thread; the answer has one text for each, in their order. */
export type ExtractRequest = readonly Pick<Subject, 'text' | 'title' | 'language'>[];
