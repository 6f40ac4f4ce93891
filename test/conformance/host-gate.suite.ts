import { describe, expect, it } from 'vitest';
import type { GateResult, HostGate, HostRule } from '../../src/ports/host-gate.ts';
import type { SimulatedClock } from '../support/simulated-clock.ts';

/** A gate of its own for one test. */
export interface GateHarness extends AsyncDisposable {
  readonly gate: HostGate;
  readonly clock: SimulatedClock;
}

const HOST = 'site.test';
const TTL_MS = 30_000;

/** Enters as a worker with this name; resolves to the ticket. */
async function enter(gate: HostGate, rule: Partial<HostRule>, owner = 'one', host = HOST): Promise<string> {
  const answer = await ask(gate, rule, owner, host);
  if (answer.kind !== 'open') throw new Error(`${host} should be open`);
  return answer.tickets[0] ?? '';
}

function ask(
  gate: HostGate,
  rule: Partial<HostRule>,
  owner = 'one',
  host = HOST,
  visits = 1,
): Promise<GateResult> {
  return gate.enter(host, { concurrency: 1, delayMs: 0, ...rule }, owner, TTL_MS, visits);
}

/** What every driver of the host gate promises. */
export function hostGateSuite(name: string, open: () => Promise<GateHarness>): void {
  describe(`host gate: ${name}`, () => {
    it('lets in as many at once as the rule says, over all owners', async () => {
      await using harness = await open();
      const { gate } = harness;
      const rule = { concurrency: 2 };
      const tickets = [await enter(gate, rule, 'one'), await enter(gate, rule, 'two')];
      expect(new Set(tickets).size).toBe(2);
      expect(await ask(gate, rule, 'three')).toEqual({ kind: 'shut', retryAt: null });
      await gate.leave(HOST, tickets.slice(0, 1));
      await enter(gate, rule, 'three');
      expect((await ask(gate, rule, 'one')).kind).toBe('shut');
    });

    it('lets in just as many of those who come at once', async () => {
      await using harness = await open();
      const rule = { concurrency: 3 };
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, n) => ask(harness.gate, rule, `worker ${n}`)),
      );
      expect(answers.filter(({ kind }) => kind === 'open')).toHaveLength(3);
    });

    it('grants several visits at once, up to the limit', async () => {
      await using harness = await open();
      const { gate } = harness;
      const rule = { concurrency: 3 };
      await enter(gate, rule, 'other');
      const answer = await ask(gate, rule, 'one', HOST, 5);
      if (answer.kind !== 'open') throw new Error('the host should be open');
      expect(answer.tickets).toHaveLength(2);
      expect(new Set(answer.tickets).size).toBe(2);
      expect(await ask(gate, rule, 'one', HOST, 5)).toEqual({ kind: 'shut', retryAt: null });
      await gate.leave(HOST, answer.tickets);
      const again = await ask(gate, rule, 'one', HOST, 2);
      expect(again).toMatchObject({ kind: 'open', tickets: [expect.any(String), expect.any(String)] });
    });

    it('grants one visit at a time if there is a delay, however many are requested', async () => {
      await using harness = await open();
      const { gate, clock } = harness;
      const rule = { concurrency: 5, delayMs: 3000 };
      expect(await ask(gate, rule, 'one', HOST, 4)).toMatchObject({ tickets: [expect.any(String)] });
      expect(await ask(gate, rule, 'one', HOST, 4)).toEqual({ kind: 'shut', retryAt: clock.now() + 3000 });
    });

    it('keeps the delay from the start of one visit to the start of the next', async () => {
      await using harness = await open();
      const { gate, clock } = harness;
      const rule = { concurrency: 5, delayMs: 3000 };
      const start = clock.now();
      const ticket = await enter(gate, rule, 'one');
      expect(await ask(gate, rule, 'two')).toEqual({ kind: 'shut', retryAt: start + 3000 });
      await clock.advance(2999);
      await gate.leave(HOST, [ticket]);
      expect(await ask(gate, rule, 'two')).toEqual({ kind: 'shut', retryAt: start + 3000 });
      await clock.advance(1);
      await enter(gate, rule, 'two');
      expect(await ask(gate, rule, 'one')).toEqual({ kind: 'shut', retryAt: start + 6000 });
    });

    it('keeps a host shut at least as long as requested', async () => {
      await using harness = await open();
      const { gate, clock } = harness;
      const start = clock.now();
      await gate.holdUntil(HOST, start + 10_000);
      await gate.holdUntil(HOST, start + 4000);
      expect(await ask(gate, {})).toEqual({ kind: 'shut', retryAt: start + 10_000 });
      await clock.advance(10_000);
      await enter(gate, {});
    });

    it('does not mix up hosts', async () => {
      await using harness = await open();
      const { gate, clock } = harness;
      await enter(gate, { delayMs: 1000 });
      await enter(gate, {}, 'one', 'other.test');
      await gate.holdUntil(HOST, clock.now() + 60_000);
      await enter(gate, {}, 'one', 'third.test');
    });

    it('forgets a visit whose ticket has run out', async () => {
      await using harness = await open();
      const { gate, clock } = harness;
      const ticket = await enter(gate, {}, 'dead');
      await clock.advance(TTL_MS - 1);
      expect(await ask(gate, {}, 'alive')).toEqual({ kind: 'shut', retryAt: null });
      await clock.advance(2);
      await enter(gate, {}, 'alive');
      await gate.leave(HOST, [ticket]);
      expect((await ask(gate, {}, 'third')).kind).toBe('shut');
    });

    it('forgets the visits of an owner that was released, and no others', async () => {
      await using harness = await open();
      const { gate } = harness;
      const rule = { concurrency: 3 };
      await enter(gate, rule, 'dead');
      await enter(gate, rule, 'alive');
      await enter(gate, rule, 'dead');
      await gate.releaseOwner('dead');
      await enter(gate, rule, 'new');
      await enter(gate, rule, 'new');
      expect((await ask(gate, rule, 'new')).kind).toBe('shut');
    });
  });
}
