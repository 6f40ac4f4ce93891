import { extractSummary } from '../../src/core/summaries/extract.ts';
import type { ExtractRequest } from './messages.ts';

/** Runs on the pool's thread. */
export default function extractAll(request: ExtractRequest): readonly string[] {
  return request.map(({ text, title, language }) => extractSummary(text, title, language));
}
