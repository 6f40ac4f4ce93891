import { describe, expect, it } from 'vitest';
import { functionsIn, readSources, type SourceFile, sourceFile } from './support/source-files.ts';

/** What the files of a folder may import. The longest folder that fits a file is the one that counts. */
interface Rank {
  readonly folder: string;
  readonly files: readonly string[];
}

/** Imports point down the ranks only (docs/architecture.md). Every driver and pool may use this machine (`src/drivers/system`). */
const RANKS: readonly Rank[] = [
  { folder: 'src/main.ts', files: ['src/', 'actors/', 'pools/'] },
  { folder: 'src/app/', files: ['src/', 'actors/', 'pools/'] },
  { folder: 'src/launch.mjs', files: [] },
  { folder: 'src/api/', files: ['src/api/', 'src/core/', 'src/ports/', 'src/model/'] },
  { folder: 'src/dashboard/', files: ['src/dashboard/', 'src/core/', 'src/ports/', 'src/model/'] },
  { folder: 'src/dashboard/site/', files: ['src/dashboard/site/'] },
  { folder: 'src/demo/', files: ['src/demo/', 'src/core/', 'src/ports/', 'src/model/'] },
  { folder: 'actors/', files: ['actors/', 'src/core/', 'src/ports/', 'src/model/'] },
  { folder: 'pools/', files: ['pools/', 'src/drivers/system/', 'src/core/', 'src/ports/', 'src/model/'] },
  ...['sqlite', 'redis', 'neo4j', 'openai', 'system'].map((driver) => ({
    folder: `src/drivers/${driver}/`,
    files: [`src/drivers/${driver}/`, 'src/drivers/system/', 'src/core/', 'src/ports/', 'src/model/'],
  })),
  { folder: 'src/core/', files: ['src/core/', 'src/ports/', 'src/model/'] },
  { folder: 'src/ports/', files: ['src/ports/', 'src/model/'] },
  { folder: 'src/model/', files: ['src/model/'] },
];

/** Modules that compute and do nothing else; the inner ranks may import no others. */
const PURE: Readonly<Record<string, readonly string[]>> = {
  'src/model/': [],
  'src/ports/': [],
  'src/core/': ['node:crypto', 'ipaddr.js', 'lru-cache', 'saxes', 'zod'],
  'actors/': ['lru-cache'],
};

/** Libraries that stand for an outside system, and the only folders that may know of them. */
const HOMES: Readonly<Record<string, readonly string[]>> = {
  crawlee: ['pools/crawlee/crawlee.ts'],
  playwright: ['pools/'],
  piscina: ['pools/'],
  parse5: ['pools/'],
  saxes: ['src/core/sitemap/'],
  undici: ['pools/'],
  'node:sqlite': ['src/drivers/sqlite/'],
  pino: ['src/drivers/system/'],
  ioredis: ['src/drivers/redis/'],
  bullmq: ['src/drivers/redis/'],
  'neo4j-driver': ['src/drivers/neo4j/'],
  '@langchain/openai': ['src/drivers/openai/'],
};

/** What reaches outside or makes two runs differ. Clock, ids and chance are handed in. */
const IMPURE =
  /(?<![#.\w])(process|fetch|setTimeout|setInterval|setImmediate|performance)\b(?=\s*[.(])|\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b/g;

/** The rooms of `actors/`, and the rooms below each that it may import. */
const ROOMS: Readonly<Record<string, readonly string[]>> = {
  crawl: ['pages', 'politeness', 'pagination', 'summaries'],
  pages: ['politeness', 'pagination', 'summaries'],
  politeness: [],
  pagination: [],
  summaries: [],
  webhooks: [],
};

/** Limits of size. */
const MAX_LINES = 350;
const MAX_FILES = 450;
const MAX_MEDIAN_LINES = 100;
const MAX_FUNCTION_LINES = 40;

const sources = await readSources(['src', 'actors', 'pools']);

function rankOf(path: string): Rank | undefined {
  const fitting = RANKS.filter(({ folder }) => path.startsWith(folder));
  return fitting.sort((a, b) => b.folder.length - a.folder.length)[0];
}

function upwardImports({ path, files }: SourceFile): string[] {
  const rank = rankOf(path);
  if (rank === undefined) return [`${path} is in no rank`];
  return files
    .filter((file) => !rank.files.some((folder) => file.startsWith(folder)))
    .map((file) => `${path} imports ${file}`);
}

function strayPackages({ path, packages }: SourceFile): string[] {
  const [, pure] = Object.entries(PURE).find(([folder]) => path.startsWith(folder)) ?? [];
  return packages
    .filter((name) => {
      const homes = HOMES[name.startsWith('@') ? name : (name.split('/', 1)[0] ?? name)];
      return (
        (pure !== undefined && !pure.includes(name)) || homes?.some((home) => path.startsWith(home)) === false
      );
    })
    .map((name) => `${path} imports ${name}`);
}

function roomOf(path: string): string | undefined {
  const [, room, file] = /^actors\/([^/]+)\/(.+)$/.exec(path) ?? [];
  return file === undefined ? undefined : room;
}

function importsAcrossRooms({ path, files }: SourceFile): string[] {
  if (!path.startsWith('actors/')) return [];
  const room = roomOf(path);
  const below = room === undefined ? undefined : ROOMS[room];
  if (below === undefined) return [`${path} is in no room`];
  return files
    .filter((file) => file.startsWith('actors/'))
    .filter((file) => roomOf(file) !== room && !below.includes(roomOf(file) ?? ''))
    .map((file) => `${path} imports ${file}`);
}

function linesOf({ text }: SourceFile): number {
  return text.split('\n').length - 1;
}

function longFunctions({ path, text }: SourceFile): string[] {
  return functionsIn(text)
    .filter(({ lines }) => lines > MAX_FUNCTION_LINES)
    .map(({ start, lines }) => `${path}:${start} has ${lines} lines`);
}

function impureWords({ path, code }: SourceFile): string[] {
  return [...code.matchAll(IMPURE)].map(([word]) => `${path}: ${word}`);
}

/** Ways from a file back to itself, each once. */
function cyclesIn(files: readonly SourceFile[]): string[] {
  const imports = new Map(files.map((file) => [file.path, file.files]));
  const state = new Map<string, 'open' | 'done'>();
  const cycles: string[] = [];
  const visit = (path: string, way: readonly string[]): void => {
    if (state.get(path) === 'open') cycles.push([...way.slice(way.indexOf(path)), path].join(' → '));
    if (state.has(path)) return;
    state.set(path, 'open');
    for (const next of imports.get(path) ?? []) visit(next, [...way, path]);
    state.set(path, 'done');
  };
  for (const { path } of files) visit(path, []);
  return cycles;
}

describe('the architecture', () => {
  it('has imports that point down the ranks only', () => {
    expect(sources.length).toBeGreaterThan(100);
    expect(sources.flatMap(upwardImports)).toEqual([]);
  });

  it('keeps libraries where they belong', () => {
    expect(sources.flatMap(strayPackages)).toEqual([]);
  });

  it('has no cycles between files', () => {
    expect(cyclesIn(sources)).toEqual([]);
  });

  it('imports only files that exist', () => {
    const known = new Set(sources.map(({ path }) => path));
    const missing = sources.flatMap(({ path, files }) =>
      files.filter((file) => !known.has(file)).map((file) => `${path} imports ${file}`),
    );
    expect(missing).toEqual([]);
  });

  it('has a core without I/O, timers, environment, time of day and chance', () => {
    const inner = sources.filter(({ path }) => /^(src\/core|src\/ports|src\/model|actors)\//.test(path));
    expect(inner.flatMap(impureWords)).toEqual([]);
  });

  it('reads the environment in one place, except for the variables of npm and Node', () => {
    const ours = /\bprocess\s*\.\s*env\b(?!\.(?:npm_execpath|NODE_COMPILE_CACHE)\b)/;
    const readers = sources.filter(({ code }) => ours.test(code));
    expect(readers.map(({ path }) => path)).toEqual(['src/app/environment.ts']);
  });

  it('has actors whose rooms import the rooms below them only', () => {
    expect(sources.flatMap(importsAcrossRooms)).toEqual([]);
  });

  it('has files of a length that can be read', () => {
    const long = sources.filter((source) => linesOf(source) > MAX_LINES);
    expect(long.map(({ path }) => path)).toEqual([]);
    const sizes = sources.map(linesOf).toSorted((one, other) => one - other);
    expect(sizes[Math.floor(sizes.length / 2)]).toBeLessThanOrEqual(MAX_MEDIAN_LINES);
  });

  it('has no more files than a reader can oversee', () => {
    expect(sources.length).toBeLessThanOrEqual(MAX_FILES);
  });

  it('has functions of a length that can be read', () => {
    expect(sources.flatMap(longFunctions)).toEqual([]);
  });

  it('has no number that two stores of the map define', () => {
    const numbersOf = (driver: string) =>
      sources
        .filter(({ path }) => path.startsWith(`src/drivers/${driver}/`))
        .flatMap(({ code }) => [...code.matchAll(/^(?:export )?const ([A-Z][A-Z_\d]*) = -?\d/gm)])
        .map(([, name = '']) => name);
    const [sqlite, neo4j] = [numbersOf('sqlite'), numbersOf('neo4j')];
    expect(sqlite.length * neo4j.length).toBeGreaterThan(0);
    expect(sqlite.filter((name) => neo4j.includes(name))).toEqual([]);
  });

  it('has files and folders in kebab-case', async () => {
    const all = [...sources, ...(await readSources(['test', 'bench']))];
    const odd = all.filter(({ path }) => !/^([a-z0-9]+(-[a-z0-9]+)*[./])+[a-z]+$/.test(path));
    expect(odd.map(({ path }) => path)).toEqual([]);
  });
});

describe('the scanner behind these rules', () => {
  const text = `
    import { a } from './a.ts';
    import type { B } from "../b.ts";
    import 'node:fs';
    import hono, {
      c,
    } from 'hono/utils';
    export * from './d.ts';
    export { e } from './e.ts'; // import f from './f.ts'
    /* import g from './g.ts'; */
    const h = await import('./h.ts');
    const worker = new URL('./worker.ts', import.meta.url);
    const url = 'http://from.test/';
  `;

  it('sees every kind of import and no comments', () => {
    const { files, packages } = sourceFile('src/core/x/y.ts', text);
    expect(files).toEqual([
      'src/core/x/a.ts',
      'src/core/b.ts',
      'src/core/x/d.ts',
      'src/core/x/e.ts',
      'src/core/x/h.ts',
      'src/core/x/worker.ts',
    ]);
    expect(packages).toEqual(['node:fs', 'hono/utils']);
  });

  it('finds imports that point up, wherever they start', () => {
    const importing = (path: string, name: string) => upwardImports(sourceFile(path, `import '${name}';`));
    expect(importing('src/ports/x.ts', '../core/y.ts')).toHaveLength(1);
    expect(importing('src/core/x.ts', '../drivers/sqlite/y.ts')).toHaveLength(1);
    expect(importing('src/drivers/sqlite/x.ts', '../redis/y.ts')).toHaveLength(1);
    expect(importing('actors/x.ts', '../pools/y.ts')).toHaveLength(1);
    expect(importing('pools/a/x.ts', '../../actors/y.ts')).toHaveLength(1);
    expect(importing('src/api/x.ts', '../drivers/sqlite/y.ts')).toHaveLength(1);
    expect(importing('src/new/x.ts', './y.ts')).toHaveLength(1);
    expect(importing('src/app/x.ts', '../../pools/y.ts')).toEqual([]);
  });

  it('finds imports into rooms above and beside', () => {
    const importing = (path: string, name: string) =>
      importsAcrossRooms(sourceFile(path, `import '${name}';`));
    expect(importing('actors/pages/x.ts', '../crawl/y.ts')).toHaveLength(1);
    expect(importing('actors/politeness/x.ts', '../pagination/y.ts')).toHaveLength(1);
    expect(importing('actors/x.ts', './crawl/y.ts')).toHaveLength(1);
    expect(importing('actors/crawl/x.ts', '../pages/y.ts')).toEqual([]);
    expect(importing('actors/pages/x.ts', '../../src/core/y.ts')).toEqual([]);
  });

  it('measures functions of every form, and no other blocks', () => {
    const code = [
      'export async function one(',
      '  a: string,',
      '): Promise<void> {',
      '  if (a) {',
      '    a();',
      '  }',
      '}',
      'const table = {',
      '  a: 1,',
      '};',
      'class Two {',
      '  get #three(): number {',
      '    return list.map((x) => {',
      '      return x;',
      '    });',
      '  }',
      '}',
    ].join('\n');
    expect(functionsIn(code)).toEqual([
      { start: 1, lines: 7 },
      { start: 12, lines: 5 },
      { start: 13, lines: 3 },
    ]);
  });

  it('finds stray libraries, impure words and cycles', () => {
    expect(strayPackages(sourceFile('src/core/x.ts', "import 'node:fs';"))).toHaveLength(1);
    expect(strayPackages(sourceFile('src/api/x.ts', "import 'undici/types';"))).toHaveLength(1);
    const words = 'setTimeout(f, 1); Date.now(); process.env; await fetch(x); this.#fetch(x); a.fetch(x);';
    expect(impureWords(sourceFile('src/core/x.ts', words))).toHaveLength(4);
    const ring = [
      sourceFile('src/a.ts', "import './b.ts';"),
      sourceFile('src/b.ts', "import './c.ts';"),
      sourceFile('src/c.ts', "import './b.ts';"),
    ];
    expect(cyclesIn(ring)).toEqual(['src/b.ts → src/c.ts → src/b.ts']);
  });
});
