import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ExitCode } from '../../src/app/shutdown.ts';
import { Supervisor } from '../../src/app/supervisor.ts';
import { silentLogger } from '../support/silent-logger.ts';
import { SimulatedClock } from '../support/simulated-clock.ts';
import { within } from '../support/within.ts';

/** Real processes; the script of each depends on how many were started before it. */
class Children {
  readonly all: ChildProcess[] = [];
  readonly #script: (n: number) => string;
  readonly #waiting = new Map<number, () => void>();

  constructor(script: (n: number) => string) {
    this.#script = script;
    onTestFinished(() => this.all.forEach((child) => void child.kill('SIGKILL')));
  }

  readonly start = (): ChildProcess => {
    const child = spawn(process.execPath, ['-e', this.#script(this.all.length)], { stdio: 'pipe' });
    this.all.push(child);
    this.#waiting.get(this.all.length)?.();
    return child;
  };

  async started(count: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#waiting.set(count, resolve);
    if (this.all.length >= count) resolve();
    await within(`${count} processes were started`, promise);
  }

  /** Resolves when the process has said something. */
  async speaks(n: number): Promise<void> {
    await this.started(n + 1);
    const { stdout } = this.all[n] ?? {};
    if (stdout) await within(`process ${n} speaks`, once(stdout, 'data'));
  }

  async ended(n: number): Promise<void> {
    await this.started(n + 1);
    const child = this.all[n];
    if (child?.exitCode === null && child.signalCode === null) await within('it ends', once(child, 'exit'));
  }
}

const LASTING = 'setInterval(() => {}, 1000); console.log("runs");';
const ENDING = (code: number) => `process.exit(${code})`;
const DEAF = `process.on('SIGTERM', () => console.log("heard")); ${LASTING}`;

function supervise(children: Children, count: number) {
  const clock = new SimulatedClock();
  const supervisor = new Supervisor({
    count,
    start: children.start,
    clock,
    log: silentLogger,
    graceMs: 35_000,
  });
  return { clock, supervisor, exit: supervisor.run() };
}

describe('a supervisor', () => {
  it('starts a new process at once when one has done enough', async () => {
    const children = new Children((n) => (n === 0 ? ENDING(ExitCode.recycled) : LASTING));
    const { supervisor, exit } = supervise(children, 1);
    await children.speaks(1);
    supervisor.stop('SIGTERM');
    expect(await within('the supervisor ends', exit)).toBe(ExitCode.done);
    expect(children.all.length).toBe(2);
  });

  it('waits longer and longer before it replaces processes that die at once', async () => {
    const children = new Children(() => ENDING(ExitCode.failed));
    const { clock, supervisor, exit } = supervise(children, 1);
    for (const [n, pauseMs] of [1000, 2000, 4000].entries()) {
      await children.ended(n);
      await clock.advance(pauseMs - 1);
      expect(children.all.length).toBe(n + 1);
      await clock.advance(1);
      expect(children.all.length).toBe(n + 2);
    }
    await children.ended(3);
    supervisor.stop('SIGTERM');
    expect(await within('the supervisor ends', exit)).toBe(ExitCode.done);
  });

  it('replaces a process that ends after a while without a pause', async () => {
    const children = new Children(() => LASTING);
    const { clock, supervisor, exit } = supervise(children, 1);
    await children.speaks(0);
    await clock.advance(10_000);
    children.all[0]?.kill('SIGKILL');
    await children.speaks(1);
    supervisor.stop('SIGTERM');
    expect(await within('the supervisor ends', exit)).toBe(ExitCode.done);
  });

  it('ends them all when one reports a usage error', async () => {
    const children = new Children((n) => (n === 1 ? ENDING(ExitCode.usage) : LASTING));
    const { exit } = supervise(children, 3);
    expect(await within('the supervisor ends', exit)).toBe(ExitCode.usage);
    expect(children.all.length).toBe(3);
  });

  it('passes every signal on, and kills what does not end in time', async () => {
    const children = new Children(() => DEAF);
    const { clock, supervisor, exit } = supervise(children, 1);
    await children.speaks(0);
    for (let press = 0; press < 2; press += 1) {
      supervisor.stop('SIGTERM');
      await children.speaks(0);
    }
    await clock.advance(34_999);
    expect(children.all[0]?.signalCode).toBeNull();
    await clock.advance(1);
    expect(await within('the supervisor ends', exit)).toBe(ExitCode.done);
    expect(children.all[0]?.signalCode).toBe('SIGKILL');
  });
});
