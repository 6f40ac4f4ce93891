import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The whole check of the project: types, lint and format, then every test. `npm test -- PATH` runs some tests alone. */
const ROOT = join(import.meta.dirname, '..');
const RESULTS = join(ROOT, '.cache', 'test-results.json');

interface Step {
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
}

const CHECKS: readonly Step[] = [
  { name: 'types', program: 'tsc', args: ['-p', '.'] },
  { name: 'types of the dashboard', program: 'tsc', args: ['-p', 'src/dashboard/site'] },
  { name: 'lint and format', program: 'biome', args: ['ci', '--colors=off', '.'] },
];

function run({ name, program, args }: Step): boolean {
  process.stdout.write(`\n> ${name}\n`);
  const bin = join(ROOT, 'node_modules', '.bin');
  const path = [join(ROOT, 'node_modules', 'node', 'bin'), bin, process.env['PATH']].join(':');
  const { status } = spawnSync(join(bin, program), args, {
    cwd: ROOT,
    stdio: 'inherit',
    env: { ...process.env, PATH: path },
  });
  return status === 0;
}

function runTests(filters: readonly string[]): boolean {
  mkdirSync(join(ROOT, '.cache'), { recursive: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${RESULTS}`];
  const passed = run({
    name: 'tests',
    program: 'vitest',
    args: ['run', '--config', 'test/vitest.config.ts', ...reporters, ...filters],
  });
  const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(
    readFileSync(RESULTS, 'utf8'),
  ) as Readonly<Record<string, number>>;
  process.stdout.write(`\n${numPassedTests} passed, ${numFailedTests} failed, ${numPendingTests} skipped\n`);
  return passed;
}

const filters = process.argv.slice(2);
const checked = filters.length > 0 || CHECKS.every(run);
if (!checked || !runTests(filters)) process.exitCode = 1;
