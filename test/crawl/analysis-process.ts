/**
 * Crawls a URL until the analysis calls a step of the map (`finish`, `saveAnalysis`, `endAnalysis`), lets that step
 * be done, and dies by SIGKILL. Settings come from the environment; arguments: URL, step, how many times it is let through.
 */
import { Service } from '../../src/app/service.ts';
import { openStores } from '../../src/app/stores.ts';
import { parseSettings } from '../../src/core/settings.ts';
import { createLogger } from '../../src/drivers/system/logger.ts';
import type { GraphStore } from '../../src/ports/graph-store.ts';
import { crawlOptions } from '../support/crawled.ts';

const [url = '', step = '', times = '1'] = process.argv.slice(2);

function deadlyAfter(graph: GraphStore): GraphStore {
  let left = Number(times);
  return new Proxy(graph, {
    get(target, name) {
      const method: unknown = Reflect.get(target, name);
      if (typeof method !== 'function') return method;
      return async (...args: unknown[]) => {
        const answer: unknown = await Reflect.apply(method, target, args);
        if (name === step && --left === 0) process.kill(process.pid, 'SIGKILL');
        return answer;
      };
    },
  });
}

const settings = parseSettings(process.env);
const log = createLogger('silent');
const stores = await openStores(settings, log);
const service = await Service.over(
  { ...stores, graph: deadlyAfter(stores.graph) },
  { settings, log, alsoAllowed: [], path: process.env['PATH'] ?? '' },
);
const { id } = await service.tasks.submit({ kind: 'crawl', queue: 'command', options: crawlOptions(url) });
process.stdout.write(`${id}\n`);
service.work({ queues: ['command'], concurrency: 1, only: id });
