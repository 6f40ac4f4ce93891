import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const ARCHITECTURE = 'docs/architecture.md';
const MAX_FILES_OF_WALK = 8;

const PATH = /`((?:src|actors|pools|test|bench|docs)\/[\w./-]*)`/g;
const LINK = /\]\(([^)\s]+)\)/g;

async function documents(): Promise<readonly string[]> {
  const nested = await readdir(join(ROOT, 'docs'), { recursive: true });
  const guides = nested.filter((name) => name.endsWith('.md')).map((name) => join('docs', name));
  return ['README.md', 'CHANGELOG.md', 'CONTRIBUTING.md', ...guides];
}

function read(path: string): Promise<string> {
  return readFile(join(ROOT, path), 'utf8');
}

/** Paths of the repository in a text of Markdown, each once. */
function pathsIn(text: string): readonly string[] {
  return [...new Set(Array.from(text.matchAll(PATH), ([, path]) => path ?? ''))];
}

/** Targets of relative links, from the top of the repository. */
function targetsIn(path: string, text: string): readonly string[] {
  return Array.from(text.matchAll(LINK), ([, target]) => target ?? '')
    .filter((target) => !/^(?:[a-z]+:|#)/.test(target))
    .map((target) => join(path, '..', target.replace(/#.*/, '')));
}

function missing(paths: readonly string[]): readonly string[] {
  return paths.filter((path) => !existsSync(join(ROOT, path)));
}

describe('the documents', () => {
  it('link to files that exist', async () => {
    for (const path of await documents())
      expect(missing(targetsIn(path, await read(path))), path).toEqual([]);
  });

  it('name no file in the architecture that does not exist', async () => {
    const paths = pathsIn((await read(ARCHITECTURE)).replaceAll('src/drivers/NAME', ''));
    expect(paths.length).toBeGreaterThan(30);
    expect(missing(paths)).toEqual([]);
  });

  it('name tests of durability that exist', async () => {
    const rows = (await read('docs/durability.md')).split('\n').filter((line) => line.startsWith('| '));
    const names = rows.flatMap((row) =>
      Array.from(row.split('|')[2]?.matchAll(/`([^`]+)`/g) ?? [], ([, name]) => name),
    );
    const candidates = (name: string | undefined) => [
      `test/${name}.test.ts`,
      `test/${name}.ts`,
      `test/${name}`,
    ];
    expect(names.length).toBeGreaterThan(20);
    expect(names.filter((name) => missing(candidates(name)).length === 3)).toEqual([]);
  });

  it('describe walks of at most eight files', async () => {
    const [, walks = ''] = (await read(ARCHITECTURE)).split('## Four walks');
    const sizes = walks
      .split('\n### ')
      .slice(1)
      .map((walk) => pathsIn(walk).filter((path) => path.endsWith('.ts') || path.endsWith('.lua')).length);
    expect(sizes).toHaveLength(4);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(MAX_FILES_OF_WALK);
  });
});
