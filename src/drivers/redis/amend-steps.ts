import type { Amendable, AmendBatch, AmendMove, AmendSteps } from '../../core/crawl/amend-frontier.ts';
import { splitUrl } from '../../core/url/canonical-url.ts';
import type { UrlReason } from '../../model/reason.ts';
import type { AmendReport, FrontierLimits } from '../../ports/frontier.ts';
import type { RedisClient } from './client.ts';
import { DISCOVERED_BY } from './frontier-messages.ts';
import { Script } from './script.ts';

/** URLs that one step looks at: a few milliseconds of Redis, and of the thread that judges them. */
const LOOKED_AT_ONCE = 500;
const FIELDS = 5;

const SCRIPTS = {
  begin: new Script('amend-begin'),
  next: new Script('amend-next'),
  move: new Script('amend-move'),
  end: new Script('amend-end'),
};

/** Amends the frontier of one crawl in Redis. */
export class RedisAmendSteps implements AmendSteps {
  readonly #client: RedisClient;
  readonly #key: string;

  constructor(client: RedisClient, key: string) {
    this.#client = client;
    this.#key = key;
  }

  async begin(revision: number, { maxPages, maxUrls, maxDepth }: FrontierLimits): Promise<boolean> {
    const args = [revision, maxPages ?? '', maxUrls, maxDepth ?? ''];
    return (await SCRIPTS.begin.run(this.#client, this.#key, ...args)) === 1;
  }

  async next(after: number): Promise<AmendBatch> {
    const reply = (await SCRIPTS.next.run(this.#client, this.#key, after, LOOKED_AT_ONCE)) as RawBatch;
    const [last, found, ...fields] = reply;
    const urls: Amendable[] = [];
    for (let at = 0; at < fields.length; at += FIELDS) urls.push(amendable(fields.slice(at, at + FIELDS)));
    return { urls, last, end: last >= found };
  }

  async move(moves: readonly AmendMove[]): Promise<AmendReport> {
    const changes = moves.map(({ id, url, depth, reason, now }) => [
      id,
      splitUrl(url).host,
      depth,
      reason ?? '',
      now ?? '',
    ]);
    const reply = await SCRIPTS.move.run(this.#client, this.#key, JSON.stringify(changes));
    const [skipped, restored] = reply as readonly [number, number];
    return { skipped, restored };
  }

  async end(revision: number): Promise<void> {
    await SCRIPTS.end.run(this.#client, this.#key, revision);
  }
}

/** Reply of `commands/amend-next.lua`. */
type RawBatch = readonly [last: number, found: number, ...fields: (string | number)[]];

function amendable([id, url, depth, by, reason]: readonly (string | number)[]): Amendable {
  return {
    id: Number(id),
    url: String(url),
    depth: Number(depth),
    by: DISCOVERED_BY[Number(by)] ?? 'link',
    reason: reason === '' ? null : (reason as UrlReason),
  };
}
