import { MemoryFrontierStore } from '../../bench/support/memory-frontier/memory-frontier.ts';
import { frontierSuite } from '../conformance/frontier.suite.ts';
import { SimulatedClock } from '../support/simulated-clock.ts';

frontierSuite('memory', async () => {
  const clock = new SimulatedClock();
  return {
    clock,
    store: new MemoryFrontierStore(clock),
    reopen: async () => {},
    [Symbol.asyncDispose]: async () => {},
  };
});
