import { availableParallelism } from 'node:os';
import { getDomain } from 'tldts';
import type { CrawlServices } from '../../actors/crawl/crawl.ts';
import { createParsePool } from '../../pools/parse/parse-pool.ts';
import { ExtractiveSummarizer } from '../../pools/summaries/extractive-summarizer.ts';
import { ActorMetrics } from '../core/actor/actor-metrics.ts';
import { parseThreadsFor, type Settings } from '../core/settings.ts';
import { scopeForSeed } from '../core/url/scope.ts';
import { OpenAiSummarizer } from '../drivers/openai/openai-summarizer.ts';
import type { CrawlOptions } from '../model/crawl-options.ts';
import type { Clock } from '../ports/clock.ts';
import type { Logger } from '../ports/logger.ts';
import type { Summarizer } from '../ports/summarizer.ts';
import type { Stores } from './stores.ts';

/** The services of a crawl without those that depend on where it starts. */
export type SharedCrawlServices = Omit<CrawlServices, 'documents' | 'sitemaps' | 'createFetcher'>;

interface CrawlServiceParts {
  readonly settings: Settings;
  readonly stores: Stores;
  readonly log: Logger;
}

/** Creates what crawls share in this process. The caller closes the parser pool and the summarizer. */
export function createCrawlServices({ settings, stores, log }: CrawlServiceParts): SharedCrawlServices {
  const { frontiers, gate, graph, events, clock } = stores;
  const threads = parseThreadsFor(settings.parseThreads, availableParallelism());
  return {
    frontiers,
    gate,
    graph,
    events,
    clock,
    log,
    parsePool: createParsePool({ threads, timeoutMs: settings.parseTimeoutSeconds * 1000 }),
    summarizer: createSummarizer(settings, clock),
    metrics: new ActorMetrics(),
    scopeOf: crawlScope,
    limits: crawlLimits(settings, threads),
  };
}

/** The URLs that belong to a crawl. */
export function crawlScope({ url, subdomains, include, exclude, hashRoutes }: CrawlOptions) {
  const registrable = (host: string) => getDomain(host, { allowPrivateDomains: true });
  return scopeForSeed(url, { subdomains, include, exclude, hashRoutes }, registrable);
}

function crawlLimits(settings: Settings, parseThreads: number): CrawlServices['limits'] {
  return {
    retries: { attempts: settings.maxRetries + 1, delayMs: settings.retryDelaySeconds * 1000 },
    maxUrls: settings.maxUrls,
    parseQueue: parseThreads * 4,
    parseConcurrency: parseThreads + 1,
    idleMs: settings.noProgressSeconds * 1000,
    visitMs: (settings.pageTimeoutSeconds + 30) * 1000,
    summaries: {
      concurrency: settings.summaryConcurrency,
      calls: settings.summaryMaxCalls,
      tokens: settings.summaryMaxTokens,
      finishMs: settings.summaryWaitSeconds * 1000,
    },
  };
}

/** Summarizes with a model if there is an API key, otherwise by extraction. */
function createSummarizer(settings: Settings, clock: Clock): Summarizer {
  const { openaiApiKey: apiKey, openaiBaseUrl, openaiModel, openaiTemperature } = settings;
  if (apiKey === null) return new ExtractiveSummarizer();
  return new OpenAiSummarizer(
    {
      apiKey,
      baseUrl: openaiBaseUrl,
      model: openaiModel,
      temperature: openaiTemperature,
      language: settings.summaryLanguage,
      timeoutMs: settings.summaryTimeoutSeconds * 1000,
    },
    clock,
  );
}
