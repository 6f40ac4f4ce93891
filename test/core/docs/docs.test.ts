import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { errorsPage, markdownTable, settingsPage } from '../../../src/core/docs/generated-docs.ts';

const DOCS = new URL('../../../docs/', import.meta.url);

describe('docs/, which `node src/app/write-docs.ts` writes', () => {
  it('has the settings of the table', async () => {
    expect(await readFile(new URL('settings.md', DOCS), 'utf8')).toBe(settingsPage());
  });

  it('has the errors and reasons of the tables', async () => {
    expect(await readFile(new URL('errors.md', DOCS), 'utf8')).toBe(errorsPage());
  });
});

describe('a table in Markdown', () => {
  it('keeps each row on one line, whatever stands in it', () => {
    expect(markdownTable(['a', 'b'], [['x|y', 'one\ntwo']])).toBe(
      '| a | b |\n| --- | --- |\n| x\\|y | one two |',
    );
  });
});
