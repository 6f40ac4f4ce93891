import { ApiClient } from './deployment/api-client.ts';
import { RedisServer } from './redis-server.ts';
import { tempDir } from './temp-dir.ts';
import { WaymarkCommand } from './waymark-command.ts';

/** A Redis, a folder, and the processes that share them. */
export class SharedRedis implements AsyncDisposable {
  readonly folder: string;
  readonly redis: RedisServer;
  readonly #owned: AsyncDisposableStack;

  private constructor(redis: RedisServer, folder: string, owned: AsyncDisposableStack) {
    this.redis = redis;
    this.folder = folder;
    this.#owned = owned;
  }

  static async open(): Promise<SharedRedis> {
    await using owned = new AsyncDisposableStack();
    const folder = owned.use(await tempDir());
    const redis = owned.use(await RedisServer.start());
    return new SharedRedis(redis, folder.path, owned.move());
  }

  start(args: readonly string[], env: Readonly<Record<string, string>> = {}): WaymarkCommand {
    const settings = {
      REDIS_URL: this.redis.url,
      STORAGE_DIR: this.folder,
      ALLOWED_PRIVATE_HOSTS: '127.0.0.1',
    };
    return this.#owned.use(new WaymarkCommand(args, { ...settings, ...env }));
  }

  /** A service without workers, unless `settings` say otherwise. */
  async serve(env: Readonly<Record<string, string>> = {}): Promise<ApiClient> {
    const service = this.start(['serve'], { PORT: '0', SERVE_WORKERS: '0', ...env });
    const [line = ''] = await service.waitForLines(/"listening"/);
    return new ApiClient(String((JSON.parse(line) as { readonly url: string }).url));
  }

  async worker(
    flags: readonly string[] = [],
    env: Readonly<Record<string, string>> = {},
  ): Promise<WaymarkCommand> {
    const worker = this.start(['worker', ...flags], env);
    await worker.waitForLines(/^worker ready/);
    return worker;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#owned.disposeAsync();
  }
}
