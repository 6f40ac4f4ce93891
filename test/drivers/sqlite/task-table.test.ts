import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import type { TaskTable } from '../../../src/drivers/sqlite/tables/task-table.ts';
import { ownerName } from '../../../src/drivers/system/process-identity.ts';
import type { Remote } from '../../../src/drivers/system/thread-rpc.ts';
import { crawlOf } from '../../conformance/task-queue/specs.ts';
import { TemporaryStorage } from './storage.ts';

const NOW = 1_000_000;
const LEASE_MS = 30_000;

/** A run of a process in another container, which has a process id that no process has here. */
const ELSEWHERE = ['0123456789ab', 2 ** 22 + 1, 1, 'run'].join('.');

function claim(table: Remote<TaskTable>, owner: string, now: number) {
  return table.claim({ queues: ['crawling'], only: null, owner, leaseMs: LEASE_MS, now });
}

async function submit(table: Remote<TaskTable>): Promise<string> {
  const spec = crawlOf('/');
  await table.submit({ id: 'task', spec, idempotencyKey: null, priority: 0, maxWaiting: 10, now: NOW });
  return 'task';
}

describe('the task table', () => {
  it('leaves the task of a process in another container until its lease runs out', async () => {
    await using storage = await TemporaryStorage.open();
    const table = storage.database.service('task');
    const id = await submit(table);
    expect(await claim(table, ELSEWHERE, NOW)).toMatchObject({ id });
    const owner = ownerName('run');
    expect(await claim(table, owner, NOW + LEASE_MS)).toBeNull();
    expect(await claim(table, owner, NOW + LEASE_MS + 1)).toMatchObject({ id });
  });

  it('releases the pages of a cancelled task once the lease of its lost run has run out', async () => {
    await using storage = await TemporaryStorage.open();
    const table = storage.database.service('task');
    const frontier = storage.database.service('frontier');
    const id = await submit(table);
    await claim(table, ELSEWHERE, NOW);
    await frontier.open(id, { maxPages: null, maxUrls: 10, maxDepth: null });
    await frontier.add(id, [{ url: 'http://a.test/', host: 'a.test', depth: 0, by: 'seed', foundOn: null }]);
    await frontier.claim(id, { owner: ELSEWHERE, leaseMs: LEASE_MS, exceptHosts: [], limit: 1 }, NOW);
    await table.cancel(id, NOW + 1);
    expect(await frontier.counts(id)).toMatchObject({ active: 1, skipped: 0 });
    expect(await claim(table, ownerName('run'), NOW + LEASE_MS + 1)).toBeNull();
    expect(await frontier.counts(id)).toMatchObject({ active: 0, skipped: 1 });
  });

  it('reads records of the previous version', async () => {
    await using storage = await TemporaryStorage.open();
    const table = storage.database.service('task');
    const id = await submit(table);
    const { options } = crawlOf('/');
    const spec = { kind: 'crawl', queue: 'crawling', options: { ...options, boards: 'all' } };
    const result = { status: 'completed', pages_crawled: 3, ended_early: 'limit-pages' };
    {
      using file = new DatabaseSync(storage.path);
      file
        .prepare(`UPDATE task SET spec = ?, result = ?, status = 'completed' WHERE id = ?`)
        .run(JSON.stringify(spec), JSON.stringify(result), id);
    }
    expect(await table.get(id)).toMatchObject({
      spec: { options: { paginatedLists: 'all' } },
      result: { pagesCrawled: 3, endedEarly: 'limit-pages' },
    });
  });
});
