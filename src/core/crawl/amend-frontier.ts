import type { DiscoveredBy } from '../../model/frontier-url.ts';
import type { UrlReason } from '../../model/reason.ts';
import type { AmendReport, FrontierAmendment, FrontierLimits } from '../../ports/frontier.ts';

/** A URL that an amendment may move: it is pending, or was skipped for being excluded or too deep. */
export interface Amendable {
  /** Its number in the store. */
  readonly id: number;
  readonly url: string;
  readonly depth: number;
  readonly by: DiscoveredBy;
  /** Why it is skipped; null while it is pending. */
  readonly reason: UrlReason | null;
}

/** A URL that is to move: from `was` to `now`, null standing for pending. */
export interface AmendMove extends Amendable {
  readonly now: UrlReason | null;
}

export interface AmendBatch {
  readonly urls: readonly Amendable[];
  /** Number of the last URL that was looked at. */
  readonly last: number;
  /** There is nothing after it. */
  readonly end: boolean;
}

/** What a store does for an amendment, each in one bounded step. */
export interface AmendSteps {
  /** Sets the limits, and lifts the end of the crawl where it was the limit of pages; false if this was applied before. */
  begin(revision: number, limits: FrontierLimits): Promise<boolean>;
  /** The next URLs by number. */
  next(after: number): Promise<AmendBatch>;
  /** Moves the URLs that still stand as they did; the others are left. */
  move(moves: readonly AmendMove[]): Promise<AmendReport>;
  /** Notes the amendment as applied, unless pages are being visited. */
  end(revision: number): Promise<void>;
}

/** Applies an amendment to all that a frontier knows; see `Frontier.amend`. */
export async function amendFrontier(
  steps: AmendSteps,
  { revision, limits, verdict }: FrontierAmendment,
): Promise<AmendReport> {
  const report = { skipped: 0, restored: 0 };
  if (!(await steps.begin(revision, limits))) return report;
  for (let after = 0, more = true; more; ) {
    const { urls, last, end } = await steps.next(after);
    const moves = urls.flatMap((url) => moveOf(url, limits, verdict));
    const { skipped, restored } = moves.length === 0 ? { skipped: 0, restored: 0 } : await steps.move(moves);
    report.skipped += skipped;
    report.restored += restored;
    after = last;
    more = !end;
  }
  await steps.end(revision);
  return report;
}

function moveOf(
  found: Amendable,
  { maxDepth }: FrontierLimits,
  verdict: FrontierAmendment['verdict'],
): readonly AmendMove[] {
  const tooDeep = maxDepth !== null && found.depth > maxDepth ? 'too-deep' : null;
  const now = found.by === 'seed' ? null : (verdict(found.url) ?? tooDeep);
  return now === found.reason ? [] : [{ ...found, now }];
}
