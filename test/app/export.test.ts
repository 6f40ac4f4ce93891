import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { SaxesParser } from 'saxes';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeToFile } from '../../src/app/export-output.ts';
import { Database } from '../../src/drivers/sqlite/database.ts';
import type { GraphStore } from '../../src/ports/graph-store.ts';
import { pageOf, SITE, urlOf } from '../conformance/graph/pages.ts';
import { parsedSitemap } from '../support/parsed-sitemap.ts';
import { type TempDir, tempDir } from '../support/temp-dir.ts';
import { WaymarkCommand } from '../support/waymark-command.ts';
import { within } from '../support/within.ts';

const MINUTE = 60_000;
const PAGES = 20_000;
const AT_ONCE = 500;
/** What the exports weigh is far more: each page repeats the text, which is stored once. */
const HEAP = { NODE_OPTIONS: '--max-old-space-size=64' };
const TEXT = { heading: 'Long', text: 'All work and no play. '.repeat(200), links: ['/', '/p/1'] };
const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

async function openMap(folder: string): Promise<{ graph: GraphStore; close(): Promise<void> }> {
  const database = await Database.open(join(folder, 'waymark.sqlite'));
  return { graph: database.service('graph'), close: () => database.close() };
}

async function savePages(graph: GraphStore, first: number, count: number): Promise<void> {
  const paths = Array.from({ length: count }, (_, n) => (first + n === 0 ? '/' : `/p/${first + n}`));
  await graph.save(
    'crawl',
    paths.map((path) => pageOf(path, [TEXT], { title: `Page ${path}` })),
    [],
  );
}

describe('the export command', { timeout: 2 * MINUTE }, () => {
  let storage: TempDir;
  beforeAll(async () => {
    storage = await tempDir();
    const { graph, close } = await openMap(storage.path);
    await graph.openSite({ url: SITE, crawlId: 'crawl', at: 1 });
    for (let first = 0; first < PAGES; first += AT_ONCE) await savePages(graph, first, AT_ONCE);
    await close();
  }, MINUTE);
  afterAll(() => storage[Symbol.asyncDispose]());

  const args = (format: string, ...more: readonly string[]) => [
    'export',
    '--site',
    urlOf('/p/7'),
    '--format',
    format,
    '--storage-dir',
    storage.path,
    ...more,
  ];

  /** Exports into a file with little memory; resolves to its path. */
  async function exported(dir: TempDir, format: string): Promise<string> {
    const path = join(dir.path, 'export');
    await using command = new WaymarkCommand(args(format, '--output', path), HEAP);
    expect(await command.ended).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(await readdir(dir.path)).toEqual(['export']);
    return path;
  }

  it('writes JSON lines of a large site with little memory', async () => {
    await using dir = await tempDir();
    const kinds = new Map<string, number>();
    for await (const line of createInterface({ input: createReadStream(await exported(dir, 'jsonl')) })) {
      const { kind } = JSON.parse(line);
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    }
    expect(Object.fromEntries(kinds)).toEqual({ site: 1, page: PAGES, section: PAGES, link: 2 * PAGES });
  });

  it('writes GraphML of a large site with little memory, also while it grows', async () => {
    await using dir = await tempDir();
    const { graph, close } = await openMap(storage.path);
    const grow = savePages(graph, PAGES, AT_ONCE).then(close);
    const counts = { node: 0, edge: 0 };
    const parser = new SaxesParser({ xmlns: true });
    parser.on('opentag', ({ name }) => {
      if (name === 'node' || name === 'edge') counts[name] += 1;
    });
    parser.on('error', (error) => {
      throw error;
    });
    for await (const chunk of createReadStream(await exported(dir, 'graphml'), 'utf8')) parser.write(chunk);
    parser.close();
    await grow;
    const pages = counts.node / 2;
    expect(pages).toBeGreaterThanOrEqual(PAGES);
    expect(counts.edge).toBe(3 * pages);
  });

  it('writes a sitemap and a Markdown document', async () => {
    await using dir = await tempDir();
    const { urls } = parsedSitemap(await readFile(await exported(dir, 'sitemap'), 'utf8'));
    expect(urls.slice(0, 2)).toEqual([SITE, urlOf('/p/1')]);
    expect(urls.length).toBeGreaterThanOrEqual(PAGES);
    await using other = await tempDir();
    let titles = 0;
    for await (const line of createInterface({ input: createReadStream(await exported(other, 'markdown')) }))
      if (line.startsWith('## ')) titles += 1;
    expect(titles).toBe(urls.length);
  });

  it('writes a sitemap into a folder', async () => {
    await using dir = await tempDir();
    const folder = join(dir.path, 'maps/');
    await using command = new WaymarkCommand(args('sitemap', '--output', folder));
    expect((await command.ended).code).toBe(0);
    expect(await readdir(folder)).toEqual(['sitemap.xml']);
  });

  /** Standard output is not read before the test requests it. */
  function start(format: string): ChildProcess {
    return spawn(process.execPath, [MAIN, ...args(format)], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NEO4J_URL: '', ...HEAP },
    });
  }

  async function codeOf(child: ChildProcess): Promise<number | null> {
    const [code] = await within('the command ends', once(child, 'exit'), MINUTE);
    return code;
  }

  it('ends well when its reader has seen enough', async () => {
    const child = start('jsonl');
    const errors: Buffer[] = [];
    child.stderr?.on('data', (chunk: Buffer) => errors.push(chunk));
    const ended = codeOf(child);
    const stdout = child.stdout;
    if (stdout === null) throw new Error('there should be a pipe');
    await within('it writes', once(stdout, 'readable'), MINUTE);
    stdout.destroy();
    expect(await ended).toBe(0);
    expect(Buffer.concat(errors).toString()).toBe('');
  });

  it('stops on a signal, as soon as its reader goes on', async () => {
    const child = start('jsonl');
    const ended = codeOf(child);
    const stdout = child.stdout;
    if (stdout === null) throw new Error('there should be a pipe');
    await within('it writes', once(stdout, 'readable'), MINUTE);
    child.kill('SIGINT');
    stdout.resume();
    expect(await ended).toBe(130);
  });

  it.each([
    [['--format', 'jsonl'], 2, /Give the site to export/],
    [['--site', 'nonsense', '--format', 'jsonl'], 2, /"nonsense" is not an http or https URL/],
    [['--site', SITE], 2, /--format takes jsonl, graphml, sitemap, markdown\./],
    [['--site', SITE, '--format', 'pdf'], 2, /not "pdf"/],
    [['--site', SITE, '--format', 'jsonl', '--color'], 2, /--color/],
    [['--site', 'http://unknown.test/', '--format', 'jsonl'], 1, /page-not-found/],
    [['--site', SITE, '--format', 'jsonl', '--output', '/'], 2, /is a folder/],
    [['--site', SITE, '--format', 'jsonl', '--output', '/nowhere/file'], 1, /ENOENT/],
  ])('says what is wrong with %j', async (wrong, code, message) => {
    await using command = new WaymarkCommand(['export', '--storage-dir', storage.path, ...wrong]);
    const ended = await command.ended;
    expect([ended.code, ended.stdout]).toEqual([code, '']);
    expect(ended.stderr).toMatch(message);
  });

  it('shows its flags', async () => {
    await using command = new WaymarkCommand(['export', '--help']);
    const { code, stdout } = await command.ended;
    expect(code).toBe(0);
    expect(stdout).toContain('--format FORMAT');
  });
});

describe('a file that is exported', () => {
  it('is not there at all if it could not be finished', async () => {
    await using dir = await tempDir();
    const failing = async function* () {
      yield 'beginning';
      throw new Error('no more');
    };
    const written = writeToFile(failing(), join(dir.path, 'export'), new AbortController().signal);
    await expect(written).rejects.toThrow('no more');
    expect(await readdir(dir.path)).toEqual([]);
  });
});
