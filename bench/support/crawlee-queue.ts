import { Configuration, RequestQueue } from '../../pools/crawlee/crawlee.ts';
import { urlOf } from '../../test/support/frontiers/frontier-load.ts';
import { tempDir } from '../../test/support/temp-dir.ts';

const BATCH = 500;

export interface QueueFigures {
  readonly addsPerSecond: number;
  /** Milliseconds of each `fetchNextRequest`. */
  readonly claims: readonly number[];
  readonly handledPerSecond: number;
  readonly growthBytes: number;
}

/** Crawlee's own RequestQueue on its default storage: the memory storage that writes each request to a file. */
export async function measureCrawlee(size: number, claimed: number): Promise<QueueFigures> {
  await using folder = await tempDir();
  const config = new Configuration({ storageClientOptions: { localDataDirectory: folder.path } });
  const rss = process.memoryUsage.rss();
  const queue = await RequestQueue.open(null, { config });
  const seconds = await fill(queue, size);
  const { claims, handledMs } = await visitAll(queue, claimed);
  return {
    addsPerSecond: size / seconds,
    claims,
    handledPerSecond: claimed / (handledMs / 1000),
    growthBytes: process.memoryUsage.rss() - rss,
  };
}

async function fill(queue: RequestQueue, size: number): Promise<number> {
  const start = performance.now();
  for (let from = 0; from < size; from += BATCH) {
    const urls = Array.from({ length: Math.min(BATCH, size - from) }, (_, n) => urlOf(from + n));
    const { waitForAllRequestsToBeAdded } = await queue.addRequestsBatched(urls, { batchSize: BATCH });
    await waitForAllRequestsToBeAdded;
  }
  return (performance.now() - start) / 1000;
}

async function visitAll(queue: RequestQueue, pages: number) {
  const claims: number[] = [];
  let handledMs = 0;
  while (claims.length < pages) {
    const start = performance.now();
    const request = await queue.fetchNextRequest();
    const claimed = performance.now();
    if (request === null) throw new Error('the queue should hold more requests');
    await queue.markRequestHandled(request);
    claims.push(claimed - start);
    handledMs += performance.now() - claimed;
  }
  return { claims, handledMs };
}
