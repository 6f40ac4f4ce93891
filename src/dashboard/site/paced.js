/**
 * A function that runs `work` when it is called, but not again before `ms` milliseconds have passed and the run
 * before has ended; calls made meanwhile become one run.
 * @param {() => Promise<void>} work must not reject
 * @param {number} ms
 */
export function paced(work, ms) {
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
