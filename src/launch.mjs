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
/** Commands that are started again after a crash: a fault, a fatal signal, no memory left. */
const RESTARTED = new Set(['serve', 'start']);
/** Exit codes from here on mean a crash (`ExitCode.crashed` in src/app/shutdown.ts, or V8's own). */
const CRASHED = 70;
const INTERRUPTED = 130;
const STOP_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];
/** How a service ends that somebody stopped: by a signal before it handles signals, or with the code that stands for one. */
const STOPPED = new Set([...STOP_SIGNALS, 129, INTERRUPTED, 143]);
const FIRST_PAUSE_MS = 500;
const MAX_PAUSE_MS = 30_000;
/** A service that ran for so long did not die of its start. */
const LONG_LIFE_MS = 60_000;
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
let child = null;
let isStopping = false;
let pauseMs = FIRST_PAUSE_MS;

/** Runs the command; starts a service again that died of a crash and not by a signal from here. */
function run() {
  const startedAt = performance.now();
  child = spawn(node, args, { cwd: root, stdio: 'inherit' });
  child.on('exit', (code, signal) => {
    const isStopped = isStopping || STOPPED.has(signal ?? code);
    const hasCrashed = !isStopped && (signal !== null || code >= CRASHED);
    if (!RESTARTED.has(command) || !hasCrashed) process.exit(code ?? (signal === 'SIGINT' ? INTERRUPTED : 1));
    const lived = performance.now() - startedAt;
    pauseMs = lived > LONG_LIFE_MS ? FIRST_PAUSE_MS : Math.min(pauseMs * 2, MAX_PAUSE_MS);
    process.stderr.write(
      `waymark: the service died (${signal ?? `exit code ${code}`}) and starts again in ${pauseMs / 1000} s.\n`,
    );
    setTimeout(run, pauseMs);
  });
}

run();
for (const signal of STOP_SIGNALS) {
  process.on(signal, () => {
    const isDown = child.exitCode !== null || child.signalCode !== null;
    isStopping = true;
    if (isDown) process.exit(signal === 'SIGINT' ? INTERRUPTED : 1);
    child.kill(signal);
  });
}
