import { claimOne, openCrawl } from './frontier-load.ts';
import { openStore } from './frontier-stores.ts';

/**
 * Opens a frontier and claims a page, as a process does that takes up a crawl. To be run as a process of its own; tells
 * its parent the milliseconds since it was started, and its resident memory.
 */
const [address = ''] = process.argv.slice(2);
await using opened = await openStore(address);
await claimOne(await openCrawl(opened.store));
process.send?.({ ms: performance.now(), bytes: process.memoryUsage.rss() });
process.disconnect();
