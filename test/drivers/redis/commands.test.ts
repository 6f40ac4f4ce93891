import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';

const COMMANDS = new URL('../../../src/drivers/redis/commands/', import.meta.url);

const files = (await readdir(COMMANDS)).filter((file) => file.endsWith('.lua'));

describe('the header of each command', () => {
  it.each(files)('%s lists its keys, its arguments and its reply', async (file) => {
    const text = await readFile(new URL(file, COMMANDS), 'utf8');
    const header = text.slice(0, text.indexOf('\n\n'));
    const body = text.slice(header.length);
    expect(header.split('\n').every((line) => line.startsWith('--'))).toBe(true);
    expect(header).toContain('KEYS[1]');
    expect(header).toMatch(/^-- Returns /m);
    for (const [argument] of body.matchAll(/ARGV\[\d+\]/g)) expect(header).toContain(argument);
  });
});
