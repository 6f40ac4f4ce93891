import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Redis } from 'ioredis';
import { freePort } from './free-port.ts';
import { redisProgram } from './redis-program.ts';
import { type TempDir, tempDir } from './temp-dir.ts';
import { within } from './within.ts';

/** Settings of `redis.conf` by name; the defaults are those that Waymark requires. */
const SETTINGS = { appendonly: 'yes', 'maxmemory-policy': 'noeviction', save: '', bind: '127.0.0.1' };

/** Characters of its log kept for the message of a failed start. */
const LAST_WORDS = 1000;

/** A real Redis on a free loopback port with its own folder; removed when it goes out of scope. */
export class RedisServer implements AsyncDisposable {
  readonly port: number;
  readonly #program: string;
  readonly #folder: TempDir;
  readonly #settings: Readonly<Record<string, string>>;
  /** An aborted test leaves no server behind. */
  readonly #killAtExit = () => this.#child?.kill('SIGKILL');
  #child: ChildProcess | null = null;

  private constructor(
    program: string,
    port: number,
    folder: TempDir,
    settings: Readonly<Record<string, string>>,
  ) {
    this.#program = program;
    this.port = port;
    this.#folder = folder;
    this.#settings = { ...SETTINGS, ...settings, port: String(port), dir: folder.path };
  }

  static async start(settings: Readonly<Record<string, string>> = {}): Promise<RedisServer> {
    const server = new RedisServer(await redisProgram(), await freePort(), await tempDir(), settings);
    await server.start();
    return server;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** Restarts the server with the same data after `kill`. */
  async start(): Promise<void> {
    const args = Object.entries(this.#settings).flatMap(([name, value]) => [`--${name}`, value]);
    const child = spawn(this.#program, args, { stdio: ['ignore', 'pipe', 'ignore'] });
    this.#child = child;
    process.once('exit', this.#killAtExit);
    let log = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      log = (log + text).slice(-LAST_WORDS);
    });
    const failed = once(child, 'exit').then(() => {
      throw new Error(`redis-server ended at once: ${log}`);
    });
    const up = this.#waitUntilUp();
    await within('redis-server responds', Promise.race([up, failed]));
    failed.catch(() => {});
  }

  /** Kills the server, like a crash. */
  async kill(): Promise<void> {
    const child = this.#child;
    process.off('exit', this.#killAtExit);
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await within('redis-server exits', exited);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill();
    await this.#folder[Symbol.asyncDispose]();
  }

  /** Resolves with the first response, even one that requires a password. */
  async #waitUntilUp(): Promise<void> {
    const client = new Redis(this.url, { retryStrategy: () => 20, maxRetriesPerRequest: null });
    try {
      await new Promise<void>((resolve) => {
        client.on('ready', resolve);
        client.on('error', (error) => {
          if (error.message.startsWith('NOAUTH')) resolve();
        });
      });
    } finally {
      client.disconnect();
    }
  }
}
