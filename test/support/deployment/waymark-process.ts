import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { within } from '../within.ts';

const MAIN = fileURLToPath(new URL('../../../src/main.ts', import.meta.url));
const START_MS = 60_000;
const END_MS = 30_000;
/** Lines kept of what a process has said. */
const LINES_KEPT = 400;

export interface WaymarkCommand {
  /** `serve` or `worker` and its flags. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** The line that tells that it is ready. */
  readonly ready: RegExp;
}

/** A real process of ours, which can be killed and started again. What it says is kept for when a test fails. */
export class WaymarkProcess implements AsyncDisposable {
  readonly #command: WaymarkCommand;
  readonly #said: string[] = [];
  readonly #killAtExit = () => this.#child?.kill('SIGKILL');
  #child: ChildProcess | null = null;

  private constructor(command: WaymarkCommand) {
    this.#command = command;
  }

  /** Resolves when it is ready. */
  static async start(command: WaymarkCommand): Promise<WaymarkProcess> {
    const started = new WaymarkProcess(command);
    await started.start();
    return started;
  }

  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  get isAlive(): boolean {
    const child = this.#child;
    return child !== null && child.exitCode === null && child.signalCode === null;
  }

  /** The last lines of all its lives, on both streams. */
  get said(): readonly string[] {
    return this.#said;
  }

  /** Starts it, the first time or again; resolves when it is ready. */
  async start(): Promise<void> {
    const { args, env, ready } = this.#command;
    const child = spawn(process.execPath, [MAIN, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...env },
    });
    this.#child = child;
    process.once('exit', this.#killAtExit);
    const isReady = Promise.withResolvers<void>();
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => {
        this.#keep(line);
        if (ready.test(line)) isReady.resolve();
      });
    }
    child.once('exit', (code) => {
      process.off('exit', this.#killAtExit);
      isReady.reject(new Error(`waymark ${args.join(' ')} ended with ${code}:\n${this.#said.join('\n')}`));
    });
    await within(`waymark ${args[0]} is ready`, isReady.promise, START_MS);
  }

  /** `kill -9`, as a crash would end it. */
  kill(): Promise<void> {
    return this.#end('SIGKILL');
  }

  /** Asks it to end; resolves when it has. */
  stop(): Promise<void> {
    return this.#end('SIGTERM');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill();
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    if (child === null || !this.isAlive) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    await within(`waymark ${this.#command.args[0]} is gone after ${signal}`, exited, END_MS);
  }

  #keep(line: string): void {
    this.#said.push(line);
    if (this.#said.length > LINES_KEPT) this.#said.shift();
  }
}
