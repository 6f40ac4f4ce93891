import { Redis } from 'ioredis';
import { freePort } from '../free-port.ts';
import { RedisServer } from '../redis-server.ts';
import { tempDir } from '../temp-dir.ts';
import { ApiClient } from './api-client.ts';
import { WaymarkProcess } from './waymark-process.ts';

export interface DeploymentOptions {
  /** Default 2. */
  readonly workers?: number;
  /** Settings of all processes, by environment variable. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Settings of the worker processes only. */
  readonly workerSettings?: Readonly<Record<string, string>>;
}

/** Settings of all processes: they may crawl loopback, and ignore the caller's environment. */
const SETTINGS = {
  ALLOWED_PRIVATE_HOSTS: '127.0.0.1',
  LOG_LEVEL: 'info',
  NEO4J_URL: '',
  API_TOKEN: '',
  OPENAI_API_KEY: '',
};

/**
 * The whole product as an operator runs it on one host: a Redis, an API without workers, and worker processes, with one
 * storage folder. Removed when it goes out of scope.
 */
export class Deployment implements AsyncDisposable {
  readonly redis: RedisServer;
  readonly api: WaymarkProcess;
  readonly workers: readonly WaymarkProcess[];
  readonly client: ApiClient;
  /** A connection of the test, to inspect Redis. */
  readonly redisClient: Redis;
  readonly #owned: AsyncDisposableStack;

  private constructor(parts: Parts, owned: AsyncDisposableStack) {
    this.redis = parts.redis;
    this.api = parts.api;
    this.workers = parts.workers;
    this.client = new ApiClient(parts.origin);
    this.redisClient = owned.adopt(connect(parts.redis.url), (client) => client.disconnect());
    this.#owned = owned;
  }

  /** Resolves when every process is ready. */
  static async start(options: DeploymentOptions = {}): Promise<Deployment> {
    await using owned = new AsyncDisposableStack();
    const folder = owned.use(await tempDir());
    const redis = owned.use(await RedisServer.start());
    const port = await freePort();
    const settings = { ...SETTINGS, REDIS_URL: redis.url, STORAGE_DIR: folder.path, ...options.settings };
    const api = owned.use(await WaymarkProcess.start(serve(settings, port)));
    const workerSettings = { ...settings, ...options.workerSettings };
    const workers = await Promise.all(
      Array.from({ length: options.workers ?? 2 }, () => WaymarkProcess.start(worker(workerSettings))),
    );
    for (const each of workers) owned.use(each);
    return new Deployment({ redis, api, workers, origin: `http://127.0.0.1:${port}` }, owned.move());
  }

  /** The last output of its processes, for the message of a failed test. */
  output(): string {
    const processes = [
      ['api', this.api] as const,
      ...this.workers.map((each, n) => [`worker ${n}`, each] as const),
    ];
    return processes.map(([name, { output }]) => `--- ${name}\n${output.slice(-40).join('\n')}`).join('\n');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#owned.disposeAsync();
  }
}

interface Parts {
  readonly redis: RedisServer;
  readonly api: WaymarkProcess;
  readonly workers: readonly WaymarkProcess[];
  readonly origin: string;
}

type Env = Readonly<Record<string, string>>;

function serve(settings: Env, port: number) {
  const env = { ...settings, SERVE_WORKERS: '0', PORT: String(port), HOST: '127.0.0.1' };
  return { args: ['serve'], env, ready: /listening/ };
}

function worker(settings: Env) {
  return { args: ['worker'], env: settings, ready: /^worker ready/ };
}

function connect(url: string): Redis {
  const client = new Redis(url, { maxRetriesPerRequest: null, retryStrategy: () => 100 });
  client.on('error', () => {});
  return client;
}
