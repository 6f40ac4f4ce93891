import { describe, expect, it } from 'vitest';
import { Actor, type ActorSpec, ActorStopped } from '../../../src/core/actor/actor.ts';
import {
  type Directive,
  escalateAlways,
  type Failure,
  retryThen,
} from '../../../src/core/actor/supervision.ts';
import { flushPromises } from '../../support/flush-promises.ts';
import { SimulatedClock } from '../../support/simulated-clock.ts';
import { within } from '../../support/within.ts';
import { Stage } from './stage.ts';

function startActor(spec: Partial<ActorSpec<string>> = {}) {
  const stage = new Stage();
  const clock = new SimulatedClock();
  const escalations: unknown[] = [];
  const actor = new Actor<string>(
    {
      name: 'tested',
      create: stage.create,
      capacity: 100,
      supervision: escalateAlways,
      onEscalated: (error) => escalations.push(error),
      ...spec,
    },
    clock,
  );
  return { actor, stage, clock, escalations, [Symbol.asyncDispose]: () => actor.stop('abort') };
}

async function sendAll(actor: Actor<string>, messages: string): Promise<void> {
  for (const message of messages) await actor.send(message);
}

/** A supervision that returns these directives one after another and records the failures. */
function scripted(...directives: Directive[]) {
  const failures: Failure[] = [];
  const supervision = (failure: Failure): Directive => {
    failures.push(failure);
    return directives.shift() ?? { kind: 'escalate' };
  };
  return { supervision, failures };
}

const broken = new Error('broken');

describe('an actor', () => {
  it('handles one message at a time, in the order in which they were sent', async () => {
    await using started = startActor();
    const { actor, stage } = started;
    await sendAll(actor, 'abc');
    for (const message of 'abc') {
      const handling = await stage.next();
      expect(handling.messages).toEqual([message]);
      await flushPromises();
      expect(stage.begun).toBe(0);
      handling.succeed();
    }
  });

  it('holds senders back while its mailbox is full', async () => {
    await using started = startActor({ capacity: 2 });
    const { actor, stage } = started;
    await actor.send('a');
    const handling = await stage.next();
    await sendAll(actor, 'bc');
    let admitted = false;
    const sent = actor.send('d').then(() => {
      admitted = true;
    });
    await flushPromises();
    expect(admitted).toBe(false);
    expect(actor.figures()).toMatchObject({ depth: 2, capacity: 2, blocked: 1, inFlight: 1 });
    handling.succeed();
    await within('the sender is let in', sent);
    expect(actor.figures()).toMatchObject({ depth: 2, blocked: 0, inFlight: 1, handled: 1 });
  });

  it('handles as many batches at once as it may, and no more', async () => {
    await using started = startActor({ concurrency: 3 });
    const { actor, stage } = started;
    await sendAll(actor, 'abcd');
    const handlings = [await stage.next(), await stage.next(), await stage.next()];
    expect(handlings.flatMap(({ messages }) => messages)).toEqual(['a', 'b', 'c']);
    await flushPromises();
    expect(stage.begun).toBe(0);
    expect(actor.figures()).toMatchObject({ inFlight: 3, depth: 1 });
    handlings[1]?.succeed();
    expect((await stage.next()).messages).toEqual(['d']);
  });
});

describe('batching', () => {
  it('takes what is there, up to the size of a batch', async () => {
    await using started = startActor({ batchSize: 3 });
    const { actor, stage } = started;
    await actor.send('a');
    const first = await stage.next();
    expect(first.messages).toEqual(['a']);
    await sendAll(actor, 'bcdef');
    first.succeed();
    const second = await stage.next();
    expect(second.messages).toEqual(['b', 'c', 'd']);
    second.succeed();
    expect((await stage.next()).messages).toEqual(['e', 'f']);
  });

  it('lets a batch that is not full wait for its linger', async () => {
    await using started = startActor({ batchSize: 3, lingerMs: () => 20 });
    const { actor, stage, clock } = started;
    await actor.send('a');
    await clock.advance(19);
    await actor.send('b');
    await flushPromises();
    expect(stage.begun).toBe(0);
    await clock.advance(1);
    expect((await stage.next()).messages).toEqual(['a', 'b']);
    expect(clock.timers).toBe(0);
  });

  it('does not let a full batch wait', async () => {
    await using started = startActor({ batchSize: 3, lingerMs: () => 20 });
    const { actor, stage, clock } = started;
    await sendAll(actor, 'abcd');
    expect((await stage.next()).messages).toEqual(['a', 'b', 'c']);
    expect(clock.timers).toBe(0);
  });

  it('does not wait for more than its mailbox holds', async () => {
    await using started = startActor({ batchSize: 10, capacity: 2, lingerMs: () => 20 });
    const { actor, stage } = started;
    await sendAll(actor, 'ab');
    expect((await stage.next()).messages).toEqual(['a', 'b']);
  });
});

describe('supervision of an actor', () => {
  it('retries the same messages with the same behaviour after the pause', async () => {
    const { supervision, failures } = scripted({ kind: 'retry', delayMs: 50 }, { kind: 'retry', delayMs: 0 });
    await using started = startActor({ supervision, batchSize: 2 });
    const { actor, stage, clock } = started;
    await sendAll(actor, 'ab');
    (await stage.next()).fail(broken);
    await clock.advance(49);
    expect(stage.begun).toBe(0);
    await clock.advance(1);
    (await stage.next()).fail(broken);
    const third = await stage.next();
    expect(third).toMatchObject({ messages: ['a', 'b'], behaviour: 1 });
    third.succeed();
    await actor.stop('drain');
    expect(failures).toEqual([
      { error: broken, attempt: 1, inARow: 1 },
      { error: broken, attempt: 2, inARow: 2 },
    ]);
    expect(actor.figures()).toMatchObject({ handled: 2, failed: 4, givenUp: 0, restarts: 0, inFlight: 0 });
  });

  it('restarts with a new behaviour', async () => {
    const supervision = retryThen({ attempts: 3, delayMs: 10, maxDelayMs: 100, after: 'escalate' });
    await using started = startActor({ supervision });
    const { actor, stage, clock } = started;
    await sendAll(actor, 'ab');
    (await stage.next()).fail(broken);
    await clock.advance(10);
    const second = await stage.next();
    expect(second).toMatchObject({ messages: ['a'], behaviour: 2 });
    second.succeed();
    expect(await stage.next()).toMatchObject({ messages: ['b'], behaviour: 2 });
    expect(actor.figures()).toMatchObject({ restarts: 1, handled: 1, failed: 1 });
  });

  it('gives messages up with the reason and goes on with the next', async () => {
    const givenUp: unknown[] = [];
    await using started = startActor({
      supervision: () => ({ kind: 'give-up' }),
      batchSize: 2,
      onGivenUp: async (messages, error) => void givenUp.push({ messages, error }),
    });
    const { actor, stage, escalations } = started;
    await sendAll(actor, 'abc');
    (await stage.next()).fail(broken);
    const next = await stage.next();
    expect(next.messages).toEqual(['c']);
    next.succeed();
    await actor.stop('drain');
    expect(givenUp).toEqual([{ messages: ['a', 'b'], error: broken }]);
    expect(actor.figures()).toMatchObject({ handled: 1, failed: 2, givenUp: 2 });
    expect(escalations).toEqual([]);
  });

  it('counts failures in a row over all messages until a batch succeeds', async () => {
    const { supervision, failures } = scripted({ kind: 'give-up' }, { kind: 'give-up' }, { kind: 'give-up' });
    await using started = startActor({ supervision });
    const { actor, stage } = started;
    await sendAll(actor, 'abcd');
    (await stage.next()).fail(broken);
    (await stage.next()).fail(broken);
    (await stage.next()).succeed();
    (await stage.next()).fail(broken);
    await actor.stop('drain');
    expect(failures.map(({ attempt, inARow }) => [attempt, inARow])).toEqual([
      [1, 1],
      [1, 2],
      [1, 1],
    ]);
  });

  it('escalates: stops, notifies its supervisor once, and aborts what else runs', async () => {
    await using started = startActor({ concurrency: 2 });
    const { actor, stage, escalations } = started;
    await sendAll(actor, 'abc');
    const [first, second] = [await stage.next(), await stage.next()];
    first.fail(broken);
    await flushPromises();
    await within('the actor has stopped', actor.stop('drain'));
    expect(second.signal.aborted).toBe(true);
    expect(escalations).toEqual([broken]);
    expect(stage.begun).toBe(0);
    const refused = await actor.send('d').catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(ActorStopped);
    expect(refused).toMatchObject({ message: 'tested has failed', cause: broken });
  });

  it('escalates when giving up fails', async () => {
    const unheard = new Error('nobody listens');
    await using started = startActor({
      supervision: () => ({ kind: 'give-up' }),
      onGivenUp: () => Promise.reject(unheard),
    });
    const { actor, stage, escalations } = started;
    await sendAll(actor, 'ab');
    (await stage.next()).fail(broken);
    await within('the actor has stopped', actor.stop('drain'));
    expect(escalations).toEqual([unheard]);
  });

  it('escalates when the new behaviour cannot be made', async () => {
    const unmade = new Error('no behaviour');
    let made = 0;
    await using started = startActor({
      supervision: () => ({ kind: 'restart', delayMs: 0 }),
      create: () => {
        made += 1;
        if (made > 1) throw unmade;
        return { handle: () => Promise.reject(broken) };
      },
    });
    await started.actor.send('a');
    await within('the actor has stopped', started.actor.stop('drain'));
    expect(started.escalations).toEqual([unmade]);
  });

  it('treats a behaviour that throws at once like one that rejects', async () => {
    await using started = startActor({
      create: () => ({
        handle: () => {
          throw broken;
        },
      }),
    });
    await started.actor.send('a');
    await within('the actor has stopped', started.actor.stop('drain'));
    expect(started.escalations).toEqual([broken]);
  });
});

describe('stopping an actor', () => {
  it('drains: handles all that was sent, also by those who still wait', async () => {
    await using started = startActor({ capacity: 1 });
    const { actor, stage } = started;
    await actor.send('a');
    const first = await stage.next();
    const sent = Promise.all([actor.send('b'), actor.send('c')]);
    const stopped = actor.stop('drain');
    await within('the senders are let in', sent);
    await expect(actor.send('d')).rejects.toThrow(ActorStopped);
    first.succeed();
    for (const message of 'bc') {
      const handling = await stage.next();
      expect(handling.messages).toEqual([message]);
      expect(handling.signal.aborted).toBe(false);
      handling.succeed();
    }
    await within('the actor has stopped', stopped);
    expect(actor.figures()).toMatchObject({ handled: 3, depth: 0, inFlight: 0 });
  });

  it('drains at once what was waiting for a linger', async () => {
    await using started = startActor({ batchSize: 5, lingerMs: () => 1000 });
    const { actor, stage, clock } = started;
    await sendAll(actor, 'ab');
    const stopped = actor.stop('drain');
    const handling = await stage.next();
    expect(handling.messages).toEqual(['a', 'b']);
    handling.succeed();
    await within('the actor has stopped', stopped);
    expect(clock.timers).toBe(0);
  });

  it('aborts: signals what runs, drops what waits, rejects who sends', async () => {
    const supervised = scripted();
    await using started = startActor({ capacity: 1, supervision: supervised.supervision });
    const { actor, stage, escalations } = started;
    await actor.send('a');
    const handling = await stage.next();
    await actor.send('b');
    const waiting = actor.send('c').catch((error: unknown) => error);
    await within('the actor has stopped', actor.stop('abort'));
    expect(handling.signal.aborted).toBe(true);
    expect(handling.signal.reason).toBeInstanceOf(ActorStopped);
    expect(await waiting).toBeInstanceOf(ActorStopped);
    await expect(actor.send('d')).rejects.toThrow('tested has stopped');
    expect(stage.begun).toBe(0);
    expect([supervised.failures, escalations]).toEqual([[], []]);
    expect(actor.figures()).toMatchObject({ depth: 0, inFlight: 0, blocked: 0 });
  });

  it('cuts pauses short when it is aborted', async () => {
    await using started = startActor({ supervision: () => ({ kind: 'retry', delayMs: 60_000 }) });
    const { actor, stage, clock } = started;
    await actor.send('a');
    (await stage.next()).fail(broken);
    await flushPromises();
    expect(clock.timers).toBe(1);
    await within('the actor has stopped', actor.stop('abort'));
    expect([clock.timers, stage.begun]).toEqual([0, 0]);
  });

  it('may be requested twice, the second time more urgently', async () => {
    await using started = startActor();
    const { actor, stage } = started;
    await actor.send('a');
    const handling = await stage.next();
    const drained = actor.stop('drain');
    await within('the actor has stopped', actor.stop('abort'));
    await within('the first call has ended too', drained);
    expect(handling.signal.aborted).toBe(true);
    await within('it has stopped already', actor.stop('drain'));
  });
});

describe('figures of an actor', () => {
  it('add up the time spent in handling, pauses left out', async () => {
    await using started = startActor({ supervision: () => ({ kind: 'retry', delayMs: 1000 }) });
    const { actor, stage, clock } = started;
    await actor.send('a');
    const first = await stage.next();
    await clock.advance(30);
    first.fail(broken);
    await clock.advance(1000);
    const second = await stage.next();
    await clock.advance(5);
    second.succeed();
    await actor.stop('drain');
    expect(actor.figures()).toEqual({
      name: 'tested',
      depth: 0,
      capacity: 100,
      blocked: 0,
      inFlight: 0,
      handled: 1,
      failed: 1,
      givenUp: 0,
      restarts: 0,
      busyMs: 35,
    });
  });
});
