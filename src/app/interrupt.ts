/** Repeats of a signal within this time are the same key press, delivered by more than one parent. */
const SAME_PRESS_MS = 1000;
const EXIT_AT_ONCE = 130;

/** Resolves on the first SIGINT, SIGTERM or SIGHUP; a further one, later, ends the process at once. */
export function interrupted(): { readonly promise: Promise<NodeJS.Signals>; readonly ignore: () => void } {
  const { promise, resolve } = Promise.withResolvers<NodeJS.Signals>();
  let firstAt = 0;
  const heed = (signal: NodeJS.Signals) => {
    if (firstAt === 0) {
      firstAt = performance.now();
      resolve(signal);
    } else if (performance.now() - firstAt > SAME_PRESS_MS) process.exit(EXIT_AT_ONCE);
  };
  const signals: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, heed);
  return { promise, ignore: () => signals.forEach((signal) => void process.off(signal, heed)) };
}
