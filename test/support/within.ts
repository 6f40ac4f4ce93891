/** Waits for `promise`. Rejects with `label` after `ms` milliseconds (default 10 s). */
export async function within<T>(label: string, promise: Promise<T>, ms = 10_000): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`waited ${ms} ms in vain: ${label}`)), ms);
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
