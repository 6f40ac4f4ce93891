import { setTimeout } from 'node:timers/promises';
import { workerData } from 'node:worker_threads';
import { WaymarkError } from '../../../src/core/errors.ts';
import { serveThread } from '../../../src/drivers/system/thread-rpc.ts';

/** Milliseconds. */
const DRAIN_MS = 50;

let resolveHeld = (_: string): void => {};

const echo = {
  now: (text: string) => text,
  hold: () => new Promise<string>((resolve) => (resolveHeld = resolve)),
  unhold: (text: string) => resolveHeld(text),
  later: async (text: string) => {
    await setTimeout(1);
    return text;
  },
  fail: async () => {
    throw new WaymarkError('bad-cursor', 'no such page');
  },
  break: () => {
    throw new TypeError('a bug');
  },
  uncloneable: async () => () => {},
  exit: () => process.exit(),
};

export interface EchoServices {
  readonly echo: typeof echo;
}

await serveThread<EchoServices>(() => {
  if (workerData === 'refuse') throw new WaymarkError('bad-setting', 'not like this');
  return { services: { echo }, close: () => {} };
}, DRAIN_MS);
