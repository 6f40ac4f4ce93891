import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { WaymarkError } from '../../../src/core/errors.ts';
import { type Neo4jAddress, openNeo4j, serverMajor } from '../../../src/drivers/neo4j/open-neo4j.ts';
import { freePort } from '../../support/free-port.ts';
import { withNeo4j } from './neo4j-under-test.ts';

const NOWHERE = { username: 'neo4j', password: 'wrong-secret' };

async function refusal(address: Neo4jAddress): Promise<WaymarkError> {
  return openNeo4j(address).then(
    async (neo4j) => {
      await neo4j.close();
      throw new Error('it should be refused');
    },
    (error: WaymarkError) => error,
  );
}

function everything(error: unknown): string {
  return inspect(error, { depth: null, showHidden: true });
}

describe('openNeo4j', () => {
  it('reports that nothing responds, without the password', async () => {
    const port = await freePort();
    const error = await refusal({ url: `bolt://127.0.0.1:${port}`, ...NOWHERE });
    expect(error).toMatchObject({ code: 'neo4j-unreachable', message: expect.stringContaining(`:${port}`) });
    expect(everything(error)).not.toContain('wrong-secret');
  });

  it.each(['', 'localhost:7687', 'http://127.0.0.1:7474', 'bolt://'])(
    'refuses %j, which is no URL of a Neo4j',
    async (url) => {
      expect(await refusal({ url, ...NOWHERE })).toMatchObject({ code: 'bad-setting' });
    },
  );
});

describe('the version of a server', () => {
  it.each([
    ['Neo4j/5.26.30', 5],
    ['Neo4j/4.4.48', 4],
    ['Neo4j/2025.06.2', 2025],
    ['Memgraph/2.1', null],
    ['', null],
  ])('%j is of major version %j', (agent, major) => {
    expect(serverMajor(agent)).toBe(major);
  });
});

await withNeo4j('openNeo4j', (under) => {
  describe('openNeo4j with a server', () => {
    it('reports that name or password are wrong, without showing them', async () => {
      for (const wrong of [{ password: 'wrong-secret' }, { username: 'nobody', password: 'wrong-secret' }]) {
        const { url, username } = under.address;
        const error = await refusal({ url, username, ...wrong });
        expect(error).toMatchObject({ code: 'neo4j-auth' });
        expect(everything(error)).not.toMatch(/wrong-secret|nobody/);
      }
    });

    it('makes constraints and indexes once', async () => {
      const schema = () =>
        under.neo4j.rows<{ name: string; state: string }>(
          `SHOW INDEXES YIELD name, state WHERE name STARTS WITH 'waymark' RETURN name, state ORDER BY name`,
        );
      const before = await schema();
      const again = await openNeo4j(under.address);
      await again.close();
      expect(await schema()).toEqual(before);
      expect(before.map(({ name }) => name)).toContain('waymark_section_id');
      expect(before.every(({ state }) => state === 'ONLINE')).toBe(true);
    });
  });
});
