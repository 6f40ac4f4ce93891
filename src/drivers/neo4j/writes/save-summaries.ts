import { vocabularyOf } from '../../../core/map/words.ts';
import type { SummaryBatch, SummaryLevel, SummaryWrite } from '../../../model/summary.ts';
import type { Run } from '../neo4j.ts';
import { VocabularyChanges } from './vocabulary.ts';

const REMEMBER = `
  UNWIND $rows AS row MERGE (s:SUMMARY {key: row.key}) ON CREATE SET s.text = row.text`;

const SPEND = `
  MATCH (c:CRAWL {id: $crawlId})
  SET c.summariesMade = coalesce(c.summariesMade, 0) + $made,
    c.summaryCalls = coalesce(c.summaryCalls, 0) + $calls,
    c.summaryTokens = coalesce(c.summaryTokens, 0) + $tokens`;

/** What carries the summary of a level, with the property that is its subject's id. */
const CARRIERS: Readonly<Record<SummaryLevel, { readonly label: string; readonly key: 'n' | 'id' }>> = {
  section: { label: 'BLOCK', key: 'n' },
  page: { label: 'PLACE', key: 'n' },
  group: { label: 'GROUP', key: 'id' },
  site: { label: 'ROOT', key: 'n' },
};

/** Writes summaries, remembers their texts, and adds up what they cost. */
export async function saveSummaries(
  run: Run,
  crawlId: string,
  { variant, writes, spending }: SummaryBatch,
): Promise<void> {
  const remembered = writes
    .filter(({ key, text }) => key !== null && text !== null)
    .map(({ key, text }) => ({ key, text }));
  if (remembered.length > 0) await run(REMEMBER, { rows: remembered });
  await addWords(run, writes);
  for (const [level, some] of Map.groupBy(writes, (write) => write.level))
    await writeLevel(run, level, variant, some);
  await run(SPEND, { crawlId, ...spending });
}

/** Words of summaries that their subjects' own texts do not hold are found with these. */
async function addWords(run: Run, writes: readonly SummaryWrite[]): Promise<void> {
  const vocabulary = new VocabularyChanges();
  for (const level of ['section', 'page'] as const) {
    const rows = writes
      .filter((write) => write.level === level && write.key !== null && write.text !== null)
      .map(({ id, text }) => ({ n: Number(id), words: vocabularyOf(text ?? '') }))
      .sort((a, b) => a.n - b.n);
    if (rows.length === 0) continue;
    for (const { added } of await run<{ added: readonly string[] }>(addWordsTo(CARRIERS[level].label), {
      rows,
    }))
      vocabulary.add(added.join(' '));
  }
  await vocabulary.write(run);
}

function addWordsTo(label: string): string {
  return `
    UNWIND $rows AS row MATCH (x:${label} {n: row.n}) WHERE x.words IS NOT NULL
    WITH x, [word IN row.words WHERE NOT (' ' + x.words + ' ') CONTAINS (' ' + word + ' ')] AS added WHERE size(added) > 0
    SET x.words = reduce(words = x.words, word IN added | words + ' ' + word)
    RETURN added`;
}

async function writeLevel(
  run: Run,
  level: SummaryLevel,
  variant: string,
  writes: readonly SummaryWrite[],
): Promise<void> {
  const { label, key } = CARRIERS[level];
  const rows = writes
    .map(({ id, text }) => ({ id: key === 'n' ? Number(id) : id, text }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  await run(
    `UNWIND $rows AS row MATCH (x:${label} {${key}: row.id}) SET x.summary = row.text, x.summaryVariant = $variant`,
    { rows, variant },
  );
}
