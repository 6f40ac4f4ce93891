import { request } from './api.js';

const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 15_000;

/**
 * Follows a stream of server-sent events until the service ends it, and reconnects after the last event id. `EventSource`
 * cannot send the token.
 * @param {string} path
 * @param {() => void} onEvent called once for each chunk of the stream
 * @param {AbortSignal} signal
 */
export async function followEvents(path, onEvent, signal) {
  let lastId = '';
  let wait = FIRST_WAIT_MS;
  while (!signal.aborted) {
    try {
      const response = await request(path, {
        signal,
        headers: lastId === '' ? {} : { 'Last-Event-ID': lastId },
      });
      if (response.status === 204 || response.body === null) return;
      for await (const text of response.body.pipeThrough(new TextDecoderStream())) {
        lastId =
          text
            .match(/^id: ?(.+)$/gm)
            ?.at(-1)
            ?.replace(/^id: ?/, '') ?? lastId;
        wait = FIRST_WAIT_MS;
        onEvent();
      }
    } catch {
      if (signal.aborted) return;
    }
    await new Promise((resolve) => setTimeout(resolve, wait));
    wait = Math.min(wait * 2, LONGEST_WAIT_MS);
  }
}

/**
 * Returns a function that runs `work`. The next run starts `ms` milliseconds after the last one ended; calls in between
 * become one run.
 * @param {() => Promise<void>} work must not reject
 * @param {number} ms
 */
export function throttle(work, ms) {
  let running = false;
  let again = false;
  const run = async () => {
    if (running) {
      again = true;
      return;
    }
    running = true;
    again = false;
    await work();
    setTimeout(() => {
      running = false;
      if (again) run();
    }, ms);
  };
  return run;
}
