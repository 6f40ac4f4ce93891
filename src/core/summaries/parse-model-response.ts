import { z } from 'zod';
import { LONGEST_SUMMARY } from './own-summary.ts';
import { clip, withoutMarkup } from './plain-text.ts';

const Answer = z.object({ summaries: z.array(z.unknown()) });
const Entry = z.object({ n: z.int(), summary: z.string() });
const FENCE = /^\s*```(?:json)?\s*|\s*```\s*$/gu;
const REFUSAL =
  /^(?:i['’]?m sorry|i am sorry|sorry,|i (?:can['’]?t|cannot|am unable to|won['’]?t) |as an ai\b|죄송(?:합니다|하지만))/iu;

/**
 * The summaries of a model's answer in the order of its texts. What is missing, named twice, empty or a refusal is
 * null; nothing is taken from an answer that is not whole JSON of the right shape.
 */
export function parseModelResponse(content: string, count: number): readonly (string | null)[] {
  const texts: (string | null)[] = Array.from({ length: count }, () => null);
  const seen = new Set<number>();
  for (const entry of entriesOf(content)) {
    const { success, data } = Entry.safeParse(entry);
    if (!success || data.n < 1 || data.n > count) continue;
    texts[data.n - 1] = seen.has(data.n) ? null : usable(data.summary);
    seen.add(data.n);
  }
  return texts;
}

function entriesOf(content: string): readonly unknown[] {
  try {
    const { success, data } = Answer.safeParse(JSON.parse(content.replace(FENCE, '')));
    return success ? data.summaries : [];
  } catch {
    return [];
  }
}

function usable(summary: string): string | null {
  const text = clip(withoutMarkup(summary), LONGEST_SUMMARY);
  return /[\p{L}\p{N}]/u.test(text) && !REFUSAL.test(text) ? text : null;
}
