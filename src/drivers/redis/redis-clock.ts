import type { Clock } from '../../ports/clock.ts';
import type { RedisClient } from './client.ts';
import { redisReply } from './redis-error.ts';

/** How often the difference to the clock of Redis is measured again, in milliseconds. */
const MEASURE_EVERY_MS = 10_000;
/** Smaller changes of the difference, in milliseconds, are the jitter of the network: the clock does not follow them. */
const TOLERANCE_MS = 100;

/**
 * The clock of Redis, which all processes share: leases, delays of hosts and retries that one process stores mean the
 * same to all others, however wrong the clocks of their machines are. While Redis is unavailable it goes on at the pace
 * of the machine's clock.
 */
export class RedisClock implements Clock, Disposable {
  readonly #client: Pick<RedisClient, 'time'>;
  readonly #machine: Clock;
  #offsetMs = 0;
  #isStopped = false;
  #cancelTimer: () => void = () => {};

  private constructor(client: Pick<RedisClient, 'time'>, machine: Clock) {
    this.#client = client;
    this.#machine = machine;
  }

  /** Resolves once the first measurement is done; rejects with a `WaymarkError` if Redis cannot be reached. */
  static async start(client: Pick<RedisClient, 'time'>, machine: Clock): Promise<RedisClock> {
    const clock = new RedisClock(client, machine);
    await clock.#measure();
    clock.#measureLater();
    return clock;
  }

  now(): number {
    return this.#machine.now() + this.#offsetMs;
  }

  after(ms: number, task: () => void): () => void {
    return this.#machine.after(ms, task);
  }

  /** Ends the measurements. */
  [Symbol.dispose](): void {
    this.#isStopped = true;
    this.#cancelTimer();
  }

  #measureLater(): void {
    if (this.#isStopped) return;
    this.#cancelTimer = this.#machine.after(MEASURE_EVERY_MS, () => {
      this.#measure()
        .catch(ignore)
        .finally(() => this.#measureLater());
    });
  }

  /** Redis read its clock about half-way between the call and the reply. */
  async #measure(): Promise<void> {
    const calledAt = this.#machine.now();
    const [seconds, micros] = await redisReply(this.#client.time());
    const offsetMs = Number(seconds) * 1000 + Number(micros) / 1000 - (calledAt + this.#machine.now()) / 2;
    if (Math.abs(offsetMs - this.#offsetMs) > TOLERANCE_MS) this.#offsetMs = Math.round(offsetMs);
  }
}

/** The offset of before stays until Redis can be reached again. */
function ignore(): void {}
