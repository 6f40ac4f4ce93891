import { extractSummary } from '../../src/core/summaries/extract-summary.ts';
import type { Subject } from '../../src/model/summary.ts';

/** Message of the pool to its thread; the reply holds one text for each subject, in their order. */
export type ExtractRequest = readonly Pick<Subject, 'text' | 'title' | 'language'>[];

/** Runs on the pool's thread. */
export default function extractAll(request: ExtractRequest): readonly string[] {
  return request.map(({ text, title, language }) => extractSummary(text, title, language));
}
