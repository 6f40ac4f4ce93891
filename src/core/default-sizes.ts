const TABS_PER_CORE = 2;
const MAX_TABS = 8;

/** Browser tabs for BROWSER_CONCURRENCY on a machine with so many cores; 0 leaves the choice to us. */
export function tabsFor(setting: number, cores: number): number {
  return setting === 0 ? Math.min(MAX_TABS, TABS_PER_CORE * cores) : setting;
}

/** Threads for PARSE_THREADS on a machine with so many cores; 0 leaves the choice to us. */
export function parseThreadsFor(setting: number, cores: number): number {
  return setting === 0 ? Math.max(1, cores - 1) : setting;
}
