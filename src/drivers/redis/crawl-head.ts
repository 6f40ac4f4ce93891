import { WaymarkError } from '../../core/errors.ts';
import type { FrontierCounts } from '../../model/frontier-url.ts';
import type { UrlReason } from '../../model/reason.ts';
import type { RedisClient } from './client.ts';
import { asWaymarkError } from './redis-error.ts';

const FIELDS = [
  'maxUrls',
  'control',
  'closed',
  'found',
  'done',
  'failed',
  'skipped',
  'pending',
  'active',
  'reopened',
] as const;

type Fields = Readonly<Record<(typeof FIELDS)[number], string | null>>;

/** What can be read of a crawl without a script: its head is one hash (`commands/shared/head.lua`). */
export class CrawlHead {
  readonly #client: RedisClient;
  readonly #key: string;

  constructor(client: RedisClient, key: string) {
    this.#client = client;
    this.#key = key;
  }

  async counts(): Promise<FrontierCounts> {
    return countsOf(await this.#opened());
  }

  async isFinished(): Promise<boolean> {
    const fields = await this.#opened();
    const { pending, active } = countsOf(fields);
    return fields.control === 'cancelled' || fields.closed !== null || pending + active === 0;
  }

  async closeReason(): Promise<UrlReason | null> {
    return (await this.#opened()).closed as UrlReason | null;
  }

  async #opened(): Promise<Fields> {
    const fields = await this.#read();
    if (fields.maxUrls === null) throw new WaymarkError('storage-failed', 'The crawl was not opened.');
    return fields;
  }

  async #read(): Promise<Fields> {
    try {
      const values = await this.#client.hmget(this.#key, ...FIELDS);
      return Object.fromEntries(FIELDS.map((name, i) => [name, values[i] ?? null])) as Fields;
    } catch (error) {
      throw asWaymarkError(error);
    }
  }
}

/** By the rule of `shown_count` in the script: a closed crawl has nothing pending. */
function countsOf(fields: Fields): FrontierCounts {
  const closed = fields.closed !== null;
  const unvisited = Number(fields.pending);
  const reopened = Number(fields.reopened);
  return {
    found: Number(fields.found),
    done: Number(fields.done) + (closed ? reopened : 0),
    failed: Number(fields.failed),
    skipped: Number(fields.skipped) + (closed ? unvisited : 0),
    pending: closed ? 0 : unvisited + reopened,
    active: Number(fields.active),
  };
}
