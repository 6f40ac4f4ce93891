import type { Discovery, Outcome } from '../../src/model/frontier-url.ts';
import type { PageWrite } from '../../src/model/page.ts';
import type { ParsedPage } from '../../src/model/parsed-page.ts';
import type { TaskResult } from '../../src/model/task-result.ts';
import type { EventLog } from '../../src/ports/event-log.ts';
import type { FrontierStore } from '../../src/ports/frontier.ts';
import type { GraphStore } from '../../src/ports/graph-store.ts';
import type { RunContext, TaskHandler } from '../../src/ports/task-queue.ts';

/** The site of a staged crawl. */
export interface StagedSite {
  /** Number of pages, the seed included; the others are `p/1`, `p/2`, … below it. */
  readonly pages: number;
  /** Characters of text per page. Default 20. */
  readonly characters?: number;
  /** URLs out of scope, skipped without a visit. */
  readonly foreign?: number;
  /** Further fields of the result. */
  readonly result?: Partial<TaskResult>;
  /** The crawl ends after this promise resolves. */
  readonly until?: Promise<unknown>;
  /** The crawl throws this error instead of completing. */
  readonly failure?: Error;
}

interface Stores {
  readonly frontiers: FrontierStore;
  readonly graph: GraphStore;
  readonly events: EventLog;
}

/** A stub of the crawl for tests above it: no network, no browser, but it writes every store. */
export function stagedCrawl(stores: Stores, site: StagedSite): TaskHandler {
  return async (run) => {
    if (site.failure !== undefined) throw site.failure;
    const result = await crawl(stores, site, run);
    await site.until;
    return { kind: 'completed', result };
  };
}

async function crawl(
  { frontiers, graph, events }: Stores,
  site: StagedSite,
  run: RunContext,
): Promise<TaskResult> {
  const { id, spec } = run.task;
  const frontier = await frontiers.open(id, { maxPages: null, maxUrls: 10_000, maxDepth: null });
  await graph.openSite({ url: spec.options.url, crawlId: id, at: 1000 });
  const urls = Array.from(
    { length: site.pages },
    (_, n) => new URL(n === 0 ? '' : `p/${n}`, spec.options.url).href,
  );
  await frontier.add([
    ...urls.map(found),
    ...Array.from({ length: site.foreign ?? 0 }, (_, n) => foreign(n)),
  ]);
  await graph.save(
    id,
    urls.map((url) => pageWrite(url, site)),
    [],
  );
  await events.append(
    id,
    urls.map((url) => ({ type: 'page', data: { url } })),
  );
  for (;;) {
    const result = await frontier.claim({ owner: run.owner, leaseMs: 60_000, exceptHosts: [], limit: 1 });
    if (result.kind !== 'pages') break;
    const [claim] = result.claims;
    const done: Outcome = { kind: 'done', claim, finalUrl: claim.url, finalHost: claim.host, links: [] };
    await frontier.complete([done]);
  }
  const { pages, sections, links, nodes } = await graph.counts(id);
  return {
    status: 'completed',
    url: spec.options.url,
    pagesCrawled: pages,
    pagesFailed: 0,
    pagesSkipped: site.foreign ?? 0,
    sections,
    links,
    totalNodes: nodes,
    executionTime: 1.5,
    pagesPerSecond: 2,
    reasons: await frontier.reasons(),
    endedEarly: null,
    ...site.result,
  };
}

function found(url: string): Discovery {
  return { url, host: new URL(url).host, depth: 0, by: 'seed', foundOn: null };
}

function foreign(n: number): Discovery {
  return {
    url: `http://other.example/${n}`,
    host: 'other.example',
    depth: 1,
    by: 'link',
    foundOn: null,
    skip: 'out-of-scope',
  };
}

function pageWrite(url: string, { characters = 20 }: StagedSite): PageWrite {
  return {
    url,
    depth: 0,
    status: 200,
    via: 'http',
    fetchedAt: 1_700_000_000_000,
    parsed: parsedPage(url, characters),
  };
}

function parsedPage(url: string, characters: number): ParsedPage {
  return {
    title: `Title of ${url}`,
    description: 'A staged page',
    language: 'en',
    charset: 'utf-8',
    canonical: null,
    noindex: false,
    refresh: null,
    blocked: false,
    contentHash: `hash of ${url}`,
    headings: [],
    sections: [
      {
        order: 0,
        path: 'main',
        type: 'main',
        parent: null,
        heading: 'Welcome',
        anchor: 'welcome',
        label: null,
        text: '<b>x</b> '.padEnd(characters, 'x'),
        hash: `section of ${url}`,
      },
    ],
    links: [{ url: 'http://site.example/p/1', fragment: '', text: 'One', role: 'link', rel: [], section: 0 }],
    actions: [],
    forms: [],
    found: [],
    neighbours: { next: null, prev: null, more: null },
    current: [],
    pagination: null,
    fingerprint: 'plain',
    textLength: characters,
    linksDropped: 0,
  };
}
