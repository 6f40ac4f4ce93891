import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const COMMENT = /\/\*[\s\S]*?\*\/|(?<![:'"`/\\])\/\/[^\n]*/g;
/** `import … from 'x'`, `export … from 'x'`, `import 'x'`, `import('x')`, and the path of a worker file. */
const IMPORT =
  /\b(?:import|export)\b[^'"();]*?\bfrom\s*['"]([^'"]+)['"]|\bimport\s*\(?\s*['"]([^'"]+)['"]|\b(?:URL|workerFile)\(\s*['"](\.[^'"]+\.[mc]?[jt]s)['"]\s*,\s*import\.meta\.url/g;

/** A source file: its path from the top of the repository, with `/`. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
  /** The text without comments. */
  readonly code: string;
  /** Imported files, as paths from the top of the repository. */
  readonly files: readonly string[];
  /** Imported packages and Node modules, as written. */
  readonly packages: readonly string[];
}

/** Reads every source file in these folders. */
export async function readSources(folders: readonly string[]): Promise<readonly SourceFile[]> {
  const paths = (await Promise.all(folders.map(pathsIn))).flat();
  return Promise.all(paths.map(async (path) => sourceFile(path, await readFile(join(ROOT, path), 'utf8'))));
}

export function sourceFile(path: string, text: string): SourceFile {
  const code = text.replace(COMMENT, '');
  const names = [...code.matchAll(IMPORT)].map((match) => match[1] ?? match[2] ?? match[3] ?? '');
  const isFile = (name: string) => name.startsWith('.');
  const files = names.filter(isFile).map((name) => fromRoot(resolve(ROOT, dirname(path), name)));
  return { path, text, code, files, packages: names.filter((name) => !isFile(name)) };
}

/** Where a function begins (line from 1), and its lines with its head and its last brace. */
export interface FunctionSize {
  readonly start: number;
  readonly lines: number;
}

const OPENS_FUNCTION = /(?:\)[^'"`]*|=>) \{$/;
const OTHER_BLOCK =
  /^\s*(?:\} )?(?:if|for|while|switch|else|catch|with|return|throw|do|(?:export )?(?:class|interface))\b(?!.*=> \{$)/;
const IN_HEAD = /^[\s)}\]]/;

/** The functions of a file as the formatter writes it: a block ends with a brace that is indented as its head. */
export function functionsIn(text: string): readonly FunctionSize[] {
  const lines = text.split('\n');
  return lines.flatMap((line, index) => {
    if (!OPENS_FUNCTION.test(line) || OTHER_BLOCK.test(line)) return [];
    const indent = /^\s*/.exec(line)?.[0] ?? '';
    const isHead = (head: string) => head.startsWith(indent) && !IN_HEAD.test(head.slice(indent.length));
    const start = lines.findLastIndex((head, at) => at <= index && head.trim() !== '' && isHead(head));
    const end = lines.findIndex((last, at) => at > index && last.startsWith(`${indent}}`));
    return [{ start: start + 1, lines: end - start + 1 }];
  });
}

async function pathsIn(folder: string): Promise<string[]> {
  const entries = await readdir(join(ROOT, folder), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && /\.[mc]?[jt]s$/.test(entry.name))
    .map((entry) => fromRoot(join(entry.parentPath, entry.name)))
    .sort();
}

function fromRoot(path: string): string {
  return relative(ROOT, path).split(sep).join('/');
}
