import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { within } from './within.ts';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
/** Variables of the caller's environment that would redirect a command. */
const NEUTRAL = { REDIS_URL: '', NEO4J_URL: '', API_TOKEN: '', OPENAI_API_KEY: '' };
const LINE_MS = 60_000;

export interface CommandEnd {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A Waymark command as its own process, without a terminal; killed when it goes out of scope. */
export class WaymarkCommand implements AsyncDisposable {
  readonly child: ChildProcess;
  readonly ended: Promise<CommandEnd>;
  readonly #lines: string[] = [];
  readonly #waiting = new Set<() => void>();
  readonly #killAtExit = () => this.child.kill('SIGKILL');

  constructor(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
    this.child = spawn(process.execPath, [MAIN, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...NEUTRAL, ...env },
    });
    process.once('exit', this.#killAtExit);
    this.ended = this.#collect();
    if (this.child.stderr !== null) {
      createInterface({ input: this.child.stderr }).on('line', (line) => this.#heard(line));
    }
  }

  /** Waits for `count` (default 1) matching lines of standard error and returns them. */
  async waitForLines(pattern: RegExp, count = 1): Promise<readonly string[]> {
    const { promise, resolve, reject } = Promise.withResolvers<readonly string[]>();
    const look = () => {
      const lines = this.#lines.filter((line) => pattern.test(line));
      if (lines.length >= count) resolve(lines);
    };
    this.#waiting.add(look);
    look();
    void this.ended.then(({ code }) =>
      reject(new Error(`it ended with ${code}:\n${this.#lines.join('\n')}`)),
    );
    try {
      return await within(`it says ${pattern} ${count} times`, promise, LINE_MS);
    } finally {
      this.#waiting.delete(look);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.child.kill('SIGKILL');
    await this.ended;
  }

  #heard(line: string): void {
    this.#lines.push(line);
    for (const look of this.#waiting) look();
  }

  async #collect(): Promise<CommandEnd> {
    const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []];
    this.child.stdout?.on('data', (chunk: Buffer) => stdout.push(chunk));
    this.child.stderr?.on('data', (chunk: Buffer) => stderr.push(chunk));
    const [code] = (await once(this.child, 'close')) as [number | null];
    process.off('exit', this.#killAtExit);
    return { code, stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() };
  }
}
