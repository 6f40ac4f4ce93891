import { describe, expect, it } from 'vitest';
import { RowCache, SqliteFile } from '../../../src/drivers/sqlite/sqlite-file.ts';

describe('RowCache', () => {
  it('is emptied when a transaction that may have written its rows is rolled back', () => {
    const file = new SqliteFile(':memory:');
    const rows = new RowCache<number>(file, 10);
    file.transaction(() => rows.set('kept', 1));
    expect(rows.get('kept')).toBe(1);
    const fail = () =>
      file.transaction(() => {
        rows.set('lost', 2);
        throw new Error('no room');
      });
    expect(fail).toThrow('no room');
    expect(rows.get('lost')).toBeUndefined();
    expect(rows.get('kept')).toBeUndefined();
    file.close();
  });
});
