import { mkdtempDisposable } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SqliteFile } from '../../../src/drivers/sqlite/sqlite-file.ts';

describe('a transaction in a SQLite file', () => {
  it('fails with the cause where SQLite has rolled back already: the disk is full', async () => {
    await using folder = await mkdtempDisposable(join(tmpdir(), 'waymark-test-'));
    const file = new SqliteFile(join(folder.path, 'full.db'));
    const { pages = 0 } =
      file.row<{ pages: number }>('SELECT page_count AS pages FROM pragma_page_count') ?? {};
    file.sql(`PRAGMA max_page_count = ${pages + 1}`).get();
    const fill = () =>
      file.transaction(() => {
        file.sql("INSERT INTO summary (key, text) VALUES ('before', 'x')").run();
        file.sql("INSERT INTO summary (key, text) VALUES ('large', ?)").run('x'.repeat(1_000_000));
      });
    expect(fill).toThrow('database or disk is full');
    expect(file.rollbacks).toBe(1);
    expect(file.rows('SELECT key FROM summary')).toEqual([]);
    file.transaction(() => file.sql("INSERT INTO summary (key, text) VALUES ('after', 'x')").run());
    expect(file.rows('SELECT key FROM summary')).toHaveLength(1);
    file.close();
  });
});
