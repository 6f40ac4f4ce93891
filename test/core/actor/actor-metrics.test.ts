import { describe, expect, it } from 'vitest';
import { Actor } from '../../../src/core/actor/actor.ts';
import { ActorMetrics } from '../../../src/core/actor/actor-metrics.ts';
import { escalateAlways } from '../../../src/core/actor/supervision.ts';
import { SimulatedClock } from '../../support/simulated-clock.ts';

describe('the metrics of the actors of a process', () => {
  it('never fall: counters of stopped actors are kept, gauges are not', async () => {
    const metrics = new ActorMetrics();
    const first = startActor(metrics, 'writer');
    await first.send('a');
    await first.send('b');
    await first.stop('drain');
    expect(metrics.figures()).toMatchObject([{ name: 'writer', handled: 2, capacity: 0, depth: 0 }]);
    const second = startActor(metrics, 'writer');
    await second.send('c');
    expect(metrics.figures()).toMatchObject([{ name: 'writer', capacity: 10 }]);
    await second.stop('drain');
    expect(metrics.figures()).toMatchObject([{ name: 'writer', handled: 3 }]);
  });

  it('sum the actors of one name, and keep names apart', async () => {
    const metrics = new ActorMetrics();
    const actors = ['writer', 'writer', 'parser'].map((name) => startActor(metrics, name));
    for (const actor of actors) await actor.send('a');
    const capacities = metrics.figures().map(({ name, capacity }) => [name, capacity]);
    expect(capacities).toEqual([
      ['writer', 20],
      ['parser', 10],
    ]);
    await Promise.all(actors.map((actor) => actor.stop('abort')));
    expect(
      metrics
        .figures()
        .map(({ name }) => name)
        .toSorted(),
    ).toEqual(['parser', 'writer']);
  });

  it('keep what an actor counted that escalated', async () => {
    const metrics = new ActorMetrics();
    const broken = () => Promise.reject(new Error('broken'));
    const actor = startActor(metrics, 'writer', broken);
    await actor.send('a');
    await actor.stop('drain');
    expect(metrics.figures()).toMatchObject([{ name: 'writer', failed: 1, handled: 0, capacity: 0 }]);
  });
});

function startActor(
  metrics: ActorMetrics,
  name: string,
  handle: () => Promise<void> = async () => {},
): Actor<string> {
  const spec = { name, create: () => ({ handle }), capacity: 10, supervision: escalateAlways };
  return new Actor<string>(spec, new SimulatedClock(), metrics);
}
