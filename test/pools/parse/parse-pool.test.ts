import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { createParsePool } from '../../../pools/parse/parse-pool.ts';
import type { ParsePoolOptions } from '../../../pools/parse/parse-pool-options.ts';
import { PageError } from '../../../src/core/ledger/page-error.ts';
import type { ParseJob, ParsePool } from '../../../src/ports/parse-pool.ts';
import { ARRIVED, RELEASED, WAITING } from './faulty-worker.ts';

const FAULTY = fileURLToPath(new URL('./faulty-worker.ts', import.meta.url));
const DEADLINE = 30_000;

const pools: ParsePool[] = [];
afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.close()));
});

function open(options: ParsePoolOptions = {}): ParsePool {
  const pool = createParsePool({ threads: 1, ...options });
  pools.push(pool);
  return pool;
}

function job(path: string, body: ParseJob['body'] = '<p>text'): ParseJob {
  return {
    url: `https://example.com${path}`,
    body,
    contentType: 'text/html',
    charset: null,
    scope: { hosts: ['example.com'], subdomains: false, include: [], exclude: [], hashRoutes: false },
  };
}

/** How the page fails. */
async function failure(page: Promise<unknown>): Promise<PageError> {
  const error: unknown = await page.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof PageError)) throw new Error('a PageError was expected', { cause: error });
  return error;
}

/** A page that stands still on its thread until it is let go. */
class Meeting {
  readonly #state = new Int32Array(new SharedArrayBuffer(4));
  readonly body = new Uint8Array(this.#state.buffer);

  async arrived(): Promise<void> {
    const wait = Atomics.waitAsync(this.#state, 0, WAITING, DEADLINE);
    if (wait.async && (await wait.value) === 'timed-out')
      throw new Error('the page did not reach its thread');
    expect(Atomics.load(this.#state, 0)).toBe(ARRIVED);
  }

  release(): void {
    Atomics.store(this.#state, 0, RELEASED);
    Atomics.notify(this.#state, 0);
  }
}

describe('a parse pool', { timeout: DEADLINE }, () => {
  it('parses pages given as bytes and as text', async () => {
    const pool = open();
    const korean = Buffer.from([0x3c, 0x70, 0x3e, 0x8c, 0x63]);
    expect(await pool.parse(job('/a', korean))).toMatchObject({
      charset: 'euc-kr',
      sections: [{ text: '똠' }],
    });
    expect(await pool.parse(job('/b', '<p>한'))).toMatchObject({
      charset: 'utf-8',
      sections: [{ text: '한' }],
    });
    expect((await pool.parse(job('/c', new Uint8Array()))).sections).toEqual([]);
  });

  it('takes over a body that owns its memory, and copies one that is part of a larger buffer', async () => {
    const pool = open();
    const whole = new Uint8Array(Buffer.from('<p>whole'));
    const part = new Uint8Array(Buffer.from('____<p>part')).subarray(4);
    expect((await pool.parse(job('/a', whole))).sections[0]?.text).toBe('whole');
    expect((await pool.parse(job('/b', part))).sections[0]?.text).toBe('part');
    expect(whole.byteLength).toBe(0);
    expect(part.byteLength).toBe(7);
  });

  it('parses in as many threads at once as it has', async () => {
    const pool = open({ threads: 2, workerFile: FAULTY });
    const [one, two] = [new Meeting(), new Meeting()];
    const pages = [pool.parse(job('/meet', one.body)), pool.parse(job('/meet', two.body))];
    await Promise.all([one.arrived(), two.arrived()]);
    one.release();
    two.release();
    expect((await Promise.all(pages)).map((page) => page.sections[0]?.text)).toEqual(['met', 'met']);
  });

  it('reports what the parser throws as not worth another visit', async () => {
    const error = await failure(open().parse({ ...job('/a'), url: 'not a URL' }));
    expect(error).toMatchObject({ reason: 'parse-error', retryable: false });
  });

  it.each([
    ['hangs', '/hang', 'parse-timeout'],
    ['ends its thread', '/exit', 'crash'],
    ['throws where no one catches', '/uncaught', 'crash'],
    ['uses up the memory', '/memory', 'parse-memory'],
  ])('loses a page that %s, that page alone, and goes on', async (_, path, reason) => {
    const timeoutMs = path === '/hang' ? 2000 : DEADLINE;
    const pool = open({ threads: 2, workerFile: FAULTY, timeoutMs, maxHeapMb: 64 });
    const meeting = new Meeting();
    const beside = pool.parse(job('/meet', meeting.body));
    await meeting.arrived();
    const lost = failure(pool.parse(job(path)));
    const queued = [pool.parse(job('/q1')), pool.parse(job('/q2'))];
    if (path === '/hang') meeting.release();

    expect(await lost).toMatchObject({ reason, retryable: true });
    meeting.release();
    expect((await beside).sections[0]?.text).toBe('met');
    expect(await Promise.all(queued)).toHaveLength(2);
    expect((await pool.parse(job('/after'))).sections[0]?.text).toBe('text');
  });

  it('survives many lost threads in a row', async () => {
    const pool = open({ workerFile: FAULTY });
    for (let n = 0; n < 5; n++)
      expect(await failure(pool.parse(job('/exit')))).toMatchObject({ reason: 'crash' });
    expect((await pool.parse(job('/after'))).textLength).toBe(4);
  });

  it('calls off a page that runs, and one that waits', async () => {
    const pool = open({ workerFile: FAULTY });
    const running = new AbortController();
    const waiting = new AbortController();
    const meeting = new Meeting();
    const first = failure(pool.parse(job('/meet', meeting.body), running.signal));
    const second = failure(pool.parse(job('/b'), waiting.signal));
    const third = pool.parse(job('/c'));
    await meeting.arrived();
    waiting.abort();
    expect(await second).toMatchObject({ reason: 'cancelled' });
    running.abort();
    expect(await first).toMatchObject({ reason: 'cancelled', retryable: true });
    expect((await third).textLength).toBe(4);
    expect(await failure(pool.parse(job('/d'), AbortSignal.abort()))).toMatchObject({ reason: 'cancelled' });
  });

  it('does not count the wait for a thread against the time limit', async () => {
    const pool = open({ workerFile: FAULTY, timeoutMs: 3000 });
    const hangs = [failure(pool.parse(job('/hang'))), failure(pool.parse(job('/hang')))];
    const last = pool.parse(job('/last'));
    expect((await Promise.all(hangs)).map(({ reason }) => reason)).toEqual([
      'parse-timeout',
      'parse-timeout',
    ]);
    expect((await last).textLength).toBe(4);
  });

  it('parses pages of other tasks while one of a task is slow, and its next ones afterwards', async () => {
    const pool = open({ workerFile: FAULTY, slowMs: 1 });
    const slow = new Meeting();
    const done: string[] = [];
    const parse = async (path: string, task: string, body?: ParseJob['body']) => {
      await pool.parse({ ...job(path, body), task });
      done.push(path);
    };
    const first = parse('/meet', 'hostile', slow.body);
    await slow.arrived();
    const next = parse('/next', 'hostile');
    await Promise.all([parse('/1', 'innocent'), parse('/2', 'innocent')]);
    expect(done).toEqual(['/1', '/2']);
    slow.release();
    await Promise.all([first, next]);
    expect(done).toEqual(['/1', '/2', '/meet', '/next']);
  });

  it('keeps the number of slow pages beside its threads', async () => {
    const pool = open({ workerFile: FAULTY, slowMs: 1, slowThreads: 1 });
    const meetings = [new Meeting(), new Meeting()];
    const slow = meetings.map(({ body }, n) => pool.parse({ ...job('/meet', body), task: `hostile ${n}` }));
    await Promise.all(meetings.map((meeting) => meeting.arrived()));
    const waiting = pool.parse({ ...job('/quick'), task: 'innocent' });
    meetings[0]?.release();
    expect((await waiting).textLength).toBe(4);
    meetings[1]?.release();
    await Promise.all(slow);
  });

  it('refuses pages past the bound of its queue', async () => {
    const pool = open({ workerFile: FAULTY, maxQueue: 1 });
    const meeting = new Meeting();
    const first = pool.parse(job('/meet', meeting.body));
    const second = pool.parse(job('/b'));
    await meeting.arrived();
    expect(await failure(pool.parse(job('/c')))).toMatchObject({ reason: 'internal', retryable: true });
    meeting.release();
    await Promise.all([first, second]);
  });

  it('finishes what it has taken when it is closed, and takes no more', async () => {
    const pool = open();
    const pages = [pool.parse(job('/a')), pool.parse(job('/b'))];
    const closed = Promise.all([pool.close(), pool.close()]);
    expect(await failure(pool.parse(job('/c')))).toMatchObject({ reason: 'cancelled', retryable: true });
    expect(await Promise.all(pages)).toHaveLength(2);
    await closed;
  });

  it.each([{ threads: 0 }, { timeoutMs: -1 }, { maxHeapMb: 1.5 }, { maxQueue: Number.NaN }])(
    'refuses %j',
    (options) => {
      expect(() => createParsePool(options)).toThrow(expect.objectContaining({ code: 'bad-setting' }));
    },
  );
});
