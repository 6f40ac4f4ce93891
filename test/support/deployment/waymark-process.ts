import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { within } from '../within.ts';

const MAIN = fileURLToPath(new URL('../../../src/main.ts', import.meta.url));
const START_MS = 60_000;
const END_MS = 30_000;
/** Number of output lines kept per process. */
const LINES_KEPT = 400;

export interface WaymarkCommand {
  /** `serve` or `worker` and its flags. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Output line of a ready process. */
  readonly ready: RegExp;
}

/** A real process of Waymark that a test can kill and restart. Keeps its output for the message of a failed test. */
export class WaymarkProcess implements AsyncDisposable {
  readonly #command: WaymarkCommand;
  readonly #output: string[] = [];
  readonly #killAtExit = () => this.#child?.kill('SIGKILL');
  #child: ChildProcess | null = null;

  private constructor(command: WaymarkCommand) {
    this.#command = command;
  }

  /** Resolves when the process is ready. */
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

  /** The last output lines of all its runs, on both streams. */
  get output(): readonly string[] {
    return this.#output;
  }

  /** Starts or restarts the process. Resolves when it is ready. */
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
      isReady.reject(new Error(`waymark ${args.join(' ')} ended with ${code}:\n${this.#output.join('\n')}`));
    });
    await within(`waymark ${args[0]} is ready`, isReady.promise, START_MS);
  }

  /** Sends SIGKILL, like a crash. */
  kill(): Promise<void> {
    return this.#end('SIGKILL');
  }

  /** Sends SIGTERM. Resolves when the process has exited. */
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
    await within(`waymark ${this.#command.args[0]} exits after ${signal}`, exited, END_MS);
  }

  #keep(line: string): void {
    this.#output.push(line);
    if (this.#output.length > LINES_KEPT) this.#output.shift();
  }
}
