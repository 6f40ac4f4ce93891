import { asWaymarkError } from './redis-error.ts';

/** Awaits a call of the client; rejects with a `WaymarkError` instead of the client's own error. */
export async function answered<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    throw asWaymarkError(error);
  }
}
