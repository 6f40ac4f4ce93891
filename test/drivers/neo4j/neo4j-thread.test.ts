import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { Neo4jThread } from '../../../src/drivers/neo4j/neo4j-thread.ts';
import { freePort } from '../../support/free-port.ts';
import { within } from '../../support/within.ts';

const PASSWORD = 'wrong-secret';

async function refusal(url: string): Promise<unknown> {
  const opening = Neo4jThread.open({ url, username: 'neo4j', password: PASSWORD }).then(
    async (thread) => {
      await thread.close();
      throw new Error('it should be refused');
    },
    (error: unknown) => error,
  );
  return within('it is refused', opening, 30_000);
}

describe('the thread of a Neo4j client', () => {
  it('reports why it cannot connect, without the password, and ends', async () => {
    const url = `bolt://127.0.0.1:${await freePort()}`;
    const error = await refusal(url);
    expect(error).toMatchObject({ code: 'neo4j-unreachable', message: expect.stringContaining(url) });
    expect(inspect(error, { depth: null, showHidden: true })).not.toContain(PASSWORD);
    expect(await refusal('localhost')).toMatchObject({ code: 'bad-setting' });
  });
});
