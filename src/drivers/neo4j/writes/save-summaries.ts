import type { SummaryLevel } from '../../../ports/summarizer.ts';
import type { SummaryBatch, SummaryWrite } from '../../../ports/summary-store.ts';
import type { Run } from '../neo4j.ts';

const REMEMBER = `
  UNWIND $rows AS row MERGE (s:SUMMARY {key: row.key}) ON CREATE SET s.text = row.text`;

const SPEND = `
  MATCH (c:CRAWL {id: $crawlId})
  SET c.summariesMade = coalesce(c.summariesMade, 0) + $made,
    c.summaryCalls = coalesce(c.summaryCalls, 0) + $calls,
    c.summaryTokens = coalesce(c.summaryTokens, 0) + $tokens`;

/** What carries the summary of a level; groups are no nodes yet. */
const CARRIERS: Readonly<Partial<Record<SummaryLevel, string>>> = {
  section: 'BLOCK',
  page: 'PLACE',
  site: 'ROOT',
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
  for (const [level, label] of Object.entries(CARRIERS))
    await writeLevel(
      run,
      label,
      variant,
      writes.filter((write) => write.level === level),
    );
  await run(SPEND, { crawlId, ...spending });
}

async function writeLevel(
  run: Run,
  label: string,
  variant: string,
  writes: readonly SummaryWrite[],
): Promise<void> {
  if (writes.length === 0) return;
  const rows = writes.map(({ id, text }) => ({ n: Number(id), text })).sort((a, b) => a.n - b.n);
  await run(
    `UNWIND $rows AS row MATCH (x:${label} {n: row.n}) SET x.summary = row.text, x.summaryVariant = $variant`,
    { rows, variant },
  );
}
