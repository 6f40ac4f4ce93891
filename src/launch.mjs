// Runs on whatever Node the machine has: installs what is missing, then hands over to the Node of the package.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const node = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
/** Pages pass through the main thread quickly; a small young generation keeps them from being kept as old ones. */
const V8_FLAGS = ['--max-semi-space-size=8'];
/** Node keeps stripped and compiled files here, so that a thread that starts does not strip types again (docs/decisions/0016). */
const COMPILED = join(root, '.cache', 'compiled');
const ENTRIES = { test: 'test/run.ts', bench: 'bench/run.ts' };

/** Whether npm installed last what the lock file asks for; packages for other platforms may be missing. */
function isInstalled() {
  const stamp = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(stamp) || !existsSync(node)) return false;
  const installed = packagesIn(stamp);
  const wanted = Object.entries(packagesIn(join(root, 'package-lock.json'))).filter(([path]) => path !== '');
  return wanted.every(([path, { version, optional }]) => {
    const found = installed[path];
    return found === undefined ? optional === true : found.version === version;
  });
}

function packagesIn(lockFile) {
  return JSON.parse(readFileSync(lockFile, 'utf8')).packages;
}

function install() {
  process.stderr.write('Installing what is missing; this takes about a minute.\n');
  const npm = process.env.npm_execpath;
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  const options = { cwd: root, stdio: ['ignore', 2, 2] };
  const done = npm ? spawnSync(process.execPath, [npm, ...args], options) : spawnSync('npm', args, options);
  if (done.status === 0) return;
  process.stderr.write('The packages could not be installed: is the npm registry within reach?\n');
  process.exit(1);
}

if (!isInstalled()) install();
const [command = 'help', ...rest] = process.argv.slice(2);
const entry = ENTRIES[command];
const args = entry === undefined ? [...V8_FLAGS, 'src/main.ts', command, ...rest] : [entry, ...rest];
process.env.NODE_COMPILE_CACHE ??= COMPILED;
const child = spawn(node, args, { cwd: root, stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
