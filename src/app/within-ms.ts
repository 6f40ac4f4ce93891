/** Waits for `work` for `ms` milliseconds at most, then rejects with `late`; the work itself goes on. */
export async function withinMs<T>(
  work: Promise<T>,
  ms: number,
  late: Error = new Error(`not within ${ms} ms`),
): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(late), ms);
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
}
