import { afterEach, describe, expect, it } from 'vitest';
import { deadlineClient, openRedis } from '../../../src/drivers/redis/open-redis.ts';
import { RedisServer } from '../../support/redis-server.ts';
import { until } from '../../support/until.ts';
import { withOwnRedis } from './redis-under-test.ts';

const WITHIN_MS = 400;
/** Room for a busy machine. */
const LATE_MS = WITHIN_MS + 1500;
const ANSWERED = 'it was answered';

interface Refusal {
  readonly words: string;
  readonly ms: number;
}

async function refusal(call: Promise<unknown>): Promise<Refusal> {
  const startedAt = performance.now();
  const words = await call.then(
    () => ANSWERED,
    (error: Error) => error.message,
  );
  return { words, ms: performance.now() - startedAt };
}

await withOwnRedis('a client that always replies or rejects', () => {
  describe('a client that always replies or rejects', () => {
    const closing: (() => void)[] = [];

    afterEach(() => {
      for (const close of closing.splice(0)) close();
    });

    async function connect(server: RedisServer) {
      const patient = await openRedis(server.url, { onError: () => {} });
      const answering = deadlineClient(patient, WITHIN_MS);
      closing.push(
        () => patient.disconnect(),
        () => answering.disconnect(),
      );
      expect(await answering.ping()).toBe('PONG');
      return { patient, answering };
    }

    it('rejects while Redis is down, and replies again when it is back', async () => {
      await using server = await RedisServer.start();
      const { answering } = await connect(server);
      await server.kill();
      for (let call = 0; call < 3; call += 1) {
        const { words, ms } = await refusal(answering.ping());
        expect(words).not.toBe(ANSWERED);
        expect(ms).toBeLessThan(LATE_MS);
      }
      await server.start();
      expect(await until('it answers', () => answering.ping())).toBe('PONG');
    });

    it('rejects while Redis hangs, though the connection stands', async () => {
      await using server = await RedisServer.start({ 'enable-debug-command': 'yes' });
      const { patient, answering } = await connect(server);
      const hung = patient.call('DEBUG', 'SLEEP', '3');
      const refused = await until('a call is refused', async () => {
        const answer = await refusal(answering.ping());
        return answer.words === ANSWERED ? null : answer;
      });
      expect(refused.ms).toBeGreaterThanOrEqual(WITHIN_MS - 50);
      expect(refused.ms).toBeLessThan(LATE_MS);
      await hung;
      expect(await until('it answers', () => answering.ping())).toBe('PONG');
    });
  });
});
