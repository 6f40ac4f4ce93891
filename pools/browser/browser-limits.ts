import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { killQuietly, processTree } from './process-tree.ts';

export interface BrowserLimitsOptions {
  /** Memory of all browsers of this process together, in bytes. */
  readonly maxMemoryBytes: number;
  /** Folder with the profiles of the browsers; null where the limit on disk does not apply. */
  readonly profileDir: string | null;
  readonly maxProfileBytes: number;
  /** Replaces every browser as soon as its open pages are done. */
  readonly retireBrowsers: () => Promise<void>;
}

/** Time between two checks, in milliseconds. A page can take some 2 GB a second. */
const CHECK_EVERY_MS = 500;
/** What one renderer may take before it is killed, in bytes, and as a share of the limit where that is more. */
const MIN_RENDERER_BYTES = 1_000_000_000;
const RENDERER_SHARE = 0.6;
/** What all browsers may take before their largest process is killed, in bytes, and as a multiple of the limit where that is more. */
const MIN_HARD_BYTES = 2_000_000_000;
const HARD_FACTOR = 1.25;

/**
 * Watches what the browsers of this process take while pages are open: memory by process, and disk. Between two pages
 * a browser that has grown is replaced; within one page the process that grows without end is killed, which ends that
 * page as `crash`.
 */
export class BrowserLimits implements AsyncDisposable {
  readonly #options: BrowserLimitsOptions;
  readonly #timer: NodeJS.Timeout;
  #checking: Promise<void> | null = null;

  constructor(options: BrowserLimitsOptions) {
    this.#options = options;
    this.#timer = setInterval(() => {
      this.#checking ??= this.#check().finally(() => {
        this.#checking = null;
      });
    }, CHECK_EVERY_MS);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#timer);
    await this.#checking;
  }

  async #check(): Promise<void> {
    await this.#checkMemory();
    await this.#checkProfiles();
  }

  async #checkMemory(): Promise<void> {
    const { maxMemoryBytes, retireBrowsers } = this.#options;
    const processes = await processTree(process.pid);
    if (processes === null) return;
    const renderers = processes.filter(({ command }) => command.includes('--type=renderer'));
    const maxRendererBytes = Math.max(MIN_RENDERER_BYTES, maxMemoryBytes * RENDERER_SHARE);
    for (const { pid, bytes } of renderers) {
      if (bytes > maxRendererBytes) killQuietly(pid);
    }
    const total = processes.reduce((sum, { bytes }) => sum + bytes, 0);
    if (total > Math.max(MIN_HARD_BYTES, maxMemoryBytes * HARD_FACTOR)) {
      const largest = processes.toSorted((a, b) => b.bytes - a.bytes)[0];
      if (largest !== undefined) killQuietly(largest.pid);
    }
    if (total > maxMemoryBytes) await retireBrowsers();
  }

  /** A browser that fills the disk is killed: its pages are retried, its profile is deleted with its process. */
  async #checkProfiles(): Promise<void> {
    const { profileDir, maxProfileBytes } = this.#options;
    if (profileDir === null || (await sizeOf(profileDir)) <= maxProfileBytes) return;
    for (const { pid, command } of (await processTree(process.pid)) ?? []) {
      if (command.includes(profileDir)) killQuietly(pid);
    }
  }
}

/** Bytes of all files below a folder; files that vanish meanwhile count as nothing. */
async function sizeOf(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const sizes = entries
    .filter((entry) => entry.isFile())
    .map(async (entry) => (await stat(join(entry.parentPath, entry.name)).catch(() => null))?.size ?? 0);
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}
