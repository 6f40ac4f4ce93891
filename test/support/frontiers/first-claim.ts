import { claimOne, openCrawl } from './frontier-load.ts';
import { openStore } from './frontier-stores.ts';

/**
 * Opens a frontier and claims a page, like a process that resumes a crawl. Runs as its own process and reports to its
 * parent the milliseconds since its start and its resident memory.
 */
const [address = ''] = process.argv.slice(2);
await using opened = await openStore(address);
await claimOne(await openCrawl(opened.store));
process.send?.({ ms: performance.now(), bytes: process.memoryUsage.rss() });
process.disconnect();
