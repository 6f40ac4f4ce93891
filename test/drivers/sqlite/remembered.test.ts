import { describe, expect, it } from 'vitest';
import { Remembered } from '../../../src/drivers/sqlite/remembered.ts';
import { SqliteFile } from '../../../src/drivers/sqlite/sqlite-file.ts';

describe('rows that are remembered', () => {
  it('are forgotten when the transaction that may have written them comes to nothing', () => {
    const file = new SqliteFile(':memory:');
    const rows = new Remembered<number>(file, 10);
    file.transaction(() => rows.add('kept', 1));
    expect(rows.get('kept')).toBe(1);
    const fail = () =>
      file.transaction(() => {
        rows.add('lost', 2);
        throw new Error('no room');
      });
    expect(fail).toThrow('no room');
    expect(rows.get('lost')).toBeUndefined();
    expect(rows.get('kept')).toBeUndefined();
    file.close();
  });
});
