import { randomUUID } from 'node:crypto';
import type { Clock } from '../../ports/clock.ts';
import type { GateResult, HostGate, HostRule } from '../../ports/host-gate.ts';
import type { RedisClient } from './client.ts';
import { DEFAULT_NAMESPACE, gateKey } from './keys.ts';
import { Script } from './script.ts';

const SCRIPTS = {
  enter: new Script('gate-enter'),
  leave: new Script('gate-leave'),
  hold: new Script('gate-hold'),
  releaseOwner: new Script('gate-release-owner'),
};

/** Politeness over all processes that share the Redis. Its keys are in one slot and expire when they are of no use any more. */
export class RedisHostGate implements HostGate {
  readonly #client: RedisClient;
  readonly #clock: Clock;
  readonly #key: string;

  constructor(client: RedisClient, clock: Clock, namespace = DEFAULT_NAMESPACE) {
    this.#client = client;
    this.#clock = clock;
    this.#key = gateKey(namespace);
  }

  async enter(
    host: string,
    rule: HostRule,
    owner: string,
    ttlMs: number,
    visits: number,
  ): Promise<GateResult> {
    const tickets = Array.from({ length: visits }, () => `${randomUUID()} ${owner}`);
    const args = [this.#clock.now(), host, rule.concurrency, rule.delayMs, ttlMs, ...tickets];
    const [kind, value] = (await SCRIPTS.enter.run(this.#client, this.#key, ...args)) as RawResponse;
    if (kind === 'open') return { kind, tickets: tickets.slice(0, value) };
    return { kind, retryAt: value === undefined ? null : Number(value) };
  }

  async leave(host: string, tickets: readonly string[]): Promise<void> {
    await SCRIPTS.leave.run(this.#client, this.#key, host, ...tickets);
  }

  async holdUntil(host: string, until: number): Promise<void> {
    await SCRIPTS.hold.run(this.#client, this.#key, this.#clock.now(), host, until);
  }

  async releaseOwner(owner: string): Promise<void> {
    await SCRIPTS.releaseOwner.run(this.#client, this.#key, owner);
  }
}

/** Reply of `commands/gate-enter.lua`. */
type RawResponse = readonly [kind: 'open', visits: number] | readonly [kind: 'shut', retryAt?: string];
