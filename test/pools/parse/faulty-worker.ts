import type { ParseReply, ParseRequest } from '../../../pools/parse/parse-worker.ts';
import parse from '../../../pools/parse/parse-worker.ts';

/** States of the first word of a body that is shared with the test. */
export const WAITING = 0;
export const ARRIVED = 1;
export const RELEASED = 2;

/** The parser, but for pages whose path names a mishap. */
export default function parseOrFail(request: ParseRequest): ParseReply | Promise<ParseReply> {
  switch (new URL(request.url).pathname) {
    case '/hang':
      for (;;);
    case '/exit':
      return process.exit(3);
    case '/memory':
      return exhaustMemory();
    case '/uncaught':
      return dieLater();
    case '/meet':
      return meet(request);
    default:
      return parse(request);
  }
}

function exhaustMemory(): never {
  const kept: string[][] = [];
  for (;;) kept.push(Array.from({ length: 10_000 }, (_, n) => `${n}${kept.length}`));
}

function dieLater(): Promise<ParseReply> {
  setImmediate(() => {
    throw new Error('died later');
  });
  return new Promise(() => {});
}

/** Tells the test that the page has arrived, and waits until it is let go. */
function meet(request: ParseRequest): ParseReply {
  if (typeof request.body === 'string') throw new Error('a shared body is needed');
  const state = new Int32Array(request.body.buffer);
  Atomics.store(state, 0, ARRIVED);
  Atomics.notify(state, 0);
  Atomics.wait(state, 0, ARRIVED);
  return parse({ ...request, body: 'met' });
}
