import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { RedisClient, RedisValue } from './client.ts';
import { asWaymarkError } from './redis-error.ts';

const COMMANDS = new URL('./commands/', import.meta.url);
const INCLUDE = /^--@include (.*)$/gm;

/** One atomic operation: a file of `commands/`, whose header lists KEYS, ARGV and the reply. */
export class Script {
  readonly #text: string;
  readonly #sha: string;

  /** `name` is the file's, without `.lua`. */
  constructor(name: string) {
    this.#text = scriptText(name);
    this.#sha = createHash('sha1').update(this.#text).digest('hex');
  }

  /** Runs it by its hash; a server that does not know it yet is sent the text. Rejects with a `WaymarkError`. */
  async run(client: RedisClient, key: string, ...args: readonly RedisValue[]): Promise<unknown> {
    try {
      return await this.#runByHash(client, key, args);
    } catch (error) {
      throw asWaymarkError(error);
    }
  }

  async #runByHash(client: RedisClient, key: string, args: readonly RedisValue[]): Promise<unknown> {
    try {
      return await client.evalsha(this.#sha, 1, key, ...args);
    } catch (error) {
      if (!(error instanceof Error && error.message.startsWith('NOSCRIPT'))) throw error;
      return client.eval(this.#text, 1, key, ...args);
    }
  }
}

/** The text of a command, each `--@include a b` replaced by the files `shared/a.lua` and `shared/b.lua`. */
function scriptText(name: string): string {
  return read(`${name}.lua`).replace(INCLUDE, (_, names: string) =>
    names
      .split(' ')
      .map((shared) => read(`shared/${shared}.lua`))
      .join('\n'),
  );
}

function read(path: string): string {
  return readFileSync(new URL(path, COMMANDS), 'utf8');
}
