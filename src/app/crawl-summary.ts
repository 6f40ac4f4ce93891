import type { SummaryReport, TaskResult } from '../model/task-result.ts';

/** Formats the result of a crawl as a few lines of text. */
export function crawlSummary(result: TaskResult): string {
  const rows: readonly (readonly [string, string])[] = [
    ['pages', count(result.pagesCrawled)],
    ['sections', count(result.sections)],
    ['links', count(result.links)],
    ['nodes in the graph', count(result.totalNodes)],
    ...summaryRows(result.summaries),
    ['failed', `${count(result.pagesFailed)}`],
    ['skipped', `${count(result.pagesSkipped)}`],
    ['time', `${result.executionTime.toFixed(1)} s, ${result.pagesPerSecond.toFixed(1)} pages/s`],
  ];
  const reasons = Object.entries(result.reasons)
    .sort(([, a], [, b]) => b - a)
    .map(([reason, urls]) => `    ${String(urls).padStart(6)}  ${reason}`);
  const lines = rows.map(([name, value]) => `  ${name.padEnd(20)}${value}`);
  const why = reasons.length === 0 ? [] : ['  failed and skipped, by reason:', ...reasons];
  const early = result.endedEarly === null ? [] : [`  terminated early: ${result.endedEarly}`];
  return [...lines, ...why, ...early].join('\n');
}

function summaryRows(report: SummaryReport | undefined): readonly (readonly [string, string])[] {
  if (report === undefined) return [];
  const { made, cached, missing, calls, tokens, by } = report;
  const cost = calls === 0 ? '' : `; ${count(calls)} calls, ${count(tokens)} tokens`;
  const lacking = missing === 0 ? '' : `, ${count(missing)} missing`;
  return [['summaries', `${count(made)} generated, ${count(cached)} reused${lacking} (${by}${cost})`]];
}

function count(value: number): string {
  return value.toLocaleString('en');
}
