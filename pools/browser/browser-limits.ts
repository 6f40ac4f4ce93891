import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { killQuietly, type ProcessMemory, processTree } from './process-tree.ts';

export interface BrowserLimitsOptions {
  /** Memory of all browsers of this process together, in bytes. */
  readonly maxMemoryBytes: number;
  /** Folder with the profiles of the browsers; null where the limit on disk does not apply. */
  readonly profileDir: string | null;
  /** Size of one profile at which its browser is killed, in bytes. */
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
  /** Profiles that a browser used at the last check. */
  readonly #used = new Set<string>();
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
    const processes = await processTree(process.pid);
    if (processes === null) return;
    await this.#checkMemory(processes);
    await this.#checkProfiles(processes);
  }

  async #checkMemory(processes: readonly ProcessMemory[]): Promise<void> {
    const { maxMemoryBytes, retireBrowsers } = this.#options;
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

  /**
   * A browser that fills the disk is killed: its pages are retried. A profile whose browser has ended is deleted, so that
   * those of a long crawl do not add up.
   */
  async #checkProfiles(processes: readonly ProcessMemory[]): Promise<void> {
    const { profileDir, maxProfileBytes } = this.#options;
    if (profileDir === null) return;
    for (const name of await readdir(profileDir).catch(() => [])) {
      const folder = join(profileDir, name);
      const users = processes.filter(({ command }) => command.includes(folder));
      if (users.length === 0) await this.#deleteUsed(folder);
      else if ((await sizeOf(folder)) > maxProfileBytes) for (const { pid } of users) killQuietly(pid);
      if (users.length > 0) this.#used.add(folder);
    }
  }

  /** A browser that starts has a profile before it has a process. */
  async #deleteUsed(folder: string): Promise<void> {
    if (!this.#used.has(folder)) return;
    const isDeleted = await rm(folder, { recursive: true, force: true }).then(
      () => true,
      () => false,
    );
    if (isDeleted) this.#used.delete(folder);
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
