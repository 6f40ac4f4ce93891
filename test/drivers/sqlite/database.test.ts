import { chmod, mkdtempDisposable, readdir, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { Database } from '../../../src/drivers/sqlite/database.ts';
import { within } from '../../support/within.ts';
import { TemporaryStorage } from './storage.ts';

const temporaryFolder = () => mkdtempDisposable(join(tmpdir(), 'waymark-test-'));
const LIMITS = { maxPages: null, maxUrls: 10, maxDepth: null };

describe('Database', () => {
  it('lets only its user read the file, whatever mode an older one had', async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, 'private', 'waymark.sqlite');
    const modeOf = async (name: string) => (await stat(name)).mode & 0o777;
    await (await Database.open(path)).close();
    expect([await modeOf(dirname(path)), await modeOf(path)]).toEqual([0o700, 0o600]);
    await chmod(path, 0o644);
    const database = await Database.open(path);
    expect(await modeOf(path)).toBe(0o600);
    await database.close();
  });

  it('creates the folder and the file', async () => {
    await using folder = await temporaryFolder();
    const database = await Database.open(join(folder.path, 'new', 'deep', 'waymark.db'));
    await database.close();
    expect(await readdir(join(folder.path, 'new', 'deep'))).toEqual(['waymark.db']);
  });

  it('finishes the calls that were made before it is closed, and refuses those after', async () => {
    await using storage = await TemporaryStorage.open();
    const { database } = storage;
    const frontier = database.service('frontier');
    const calls = Array.from({ length: 50 }, (_, n) => frontier.open(`crawl ${n}`, LIMITS));
    const closed = database.close();
    await within('all calls are answered', Promise.all(calls));
    await within('the database is closed', closed);
    await expect(frontier.counts('crawl 1')).rejects.toMatchObject({ code: 'storage-failed' });
    await within('closing twice is no error', database.close());
  });

  it('rejects with storage-failed when the folder cannot be made', async () => {
    await using folder = await temporaryFolder();
    await writeFile(join(folder.path, 'file'), '');
    await expect(Database.open(join(folder.path, 'file', 'waymark.db'))).rejects.toMatchObject({
      name: 'WaymarkError',
      code: 'storage-failed',
    });
  });

  it('rejects with storage-failed when the file is not a database', async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, 'waymark.db');
    await writeFile(path, 'just some words, and many more of them. '.repeat(100));
    await expect(Database.open(path)).rejects.toMatchObject({ code: 'storage-failed' });
  });

  it('adds the columns that a file of an earlier version lacks', async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, 'waymark.db');
    await (await Database.open(path)).close();
    {
      using file = new DatabaseSync(path);
      file.exec(
        `INSERT INTO url (crawl, url, host, depth, state, by) VALUES (1, 'http://a.test/', 1, 0, 0, 'seed')`,
      );
      file.exec('ALTER TABLE url DROP COLUMN status; ALTER TABLE url DROP COLUMN spellings');
    }
    await (await Database.open(path)).close();
    using file = new DatabaseSync(path);
    expect(file.prepare('SELECT url, status, spellings FROM url').all()).toEqual([
      { url: 'http://a.test/', status: null, spellings: null },
    ]);
  });

  it('refuses a file with the layout of another version and says what to do', async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, 'waymark.db');
    {
      using file = new DatabaseSync(path);
      file.exec('PRAGMA user_version = 999');
    }
    await expect(Database.open(path)).rejects.toMatchObject({
      code: 'storage-failed',
      message: expect.stringContaining('STORAGE_DIR'),
    });
  });

  it('passes on the code of an error and undoes what the failed call had done', async () => {
    await using storage = await TemporaryStorage.open();
    const frontier = storage.database.service('frontier');
    await frontier.open('crawl', LIMITS);
    await expect(frontier.counts('unknown')).rejects.toMatchObject({ code: 'storage-failed' });
    await expect(frontier.ledger('crawl', { cursor: 'x', limit: 1, state: null })).rejects.toMatchObject({
      code: 'bad-cursor',
    });
    const good = { url: 'http://a.test/', host: 'a.test', depth: 0, by: 'seed', foundOn: null } as const;
    const bad = { ...good, url: 'http://a.test/bad', depth: Number.NaN };
    await expect(frontier.add('crawl', [good, bad])).rejects.toMatchObject({ code: 'storage-failed' });
    expect(await frontier.counts('crawl')).toMatchObject({ found: 0, pending: 0 });
  });

  it('can be open in two processes at once', async () => {
    await using storage = await TemporaryStorage.open();
    const second = await Database.open(storage.path);
    try {
      const [one, two] = [storage.database.service('frontier'), second.service('frontier')];
      await one.open('crawl', { ...LIMITS, maxUrls: 10_000 });
      const add = (frontier: typeof one, n: number) =>
        frontier.add('crawl', [
          { url: `http://a.test/${n % 150}`, host: 'a.test', depth: 0, by: 'seed', foundOn: null },
        ]);
      await Promise.all(Array.from({ length: 300 }, (_, n) => add(n % 2 === 0 ? one : two, n)));
      expect(await two.counts('crawl')).toMatchObject({ found: 150, pending: 150 });
    } finally {
      await second.close();
    }
  });
});
