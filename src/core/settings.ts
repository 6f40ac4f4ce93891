import { WaymarkError } from './errors.ts';
import { isLoopbackHost } from './net/address.ts';
import type { Setting } from './setting.ts';
import { SETTINGS, type Settings } from './setting-table.ts';

export type { Settings } from './setting-table.ts';

/** Texts by the name of the environment variable. */
export type SettingSource = Readonly<Record<string, string | undefined>>;

const MAX_SHOWN = 60;

/**
 * The settings that a source gives, defaults filled in, frozen. An empty text counts as not set.
 *
 * @throws {WaymarkError} `bad-setting`, naming every setting that is wrong and what it takes; never a secret's value.
 */
export function parseSettings(source: SettingSource): Settings {
  const problems: string[] = [];
  const entries = Object.entries<Setting<unknown>>(SETTINGS).map(([name, setting]) => [
    name,
    readSetting(setting, source, problems),
  ]);
  const settings = Object.fromEntries(entries) as Settings;
  if (problems.length === 0) problems.push(...contradictions(settings, source));
  if (problems.length > 0) throw new WaymarkError('bad-setting', `${problems.join('; ')}.`);
  return Object.freeze(settings);
}

function readSetting(setting: Setting<unknown>, source: SettingSource, problems: string[]): unknown {
  const given = textOf(source, setting.env);
  if (given === '') return setting.fallback;
  const parsed = setting.schema.safeParse(given);
  if (parsed.success) return parsed.data;
  for (const { code, message } of parsed.error.issues) {
    problems.push(`${setting.env}: ${message}${code === 'custom' ? '' : shown(setting, given)}`);
  }
  return setting.fallback;
}

function textOf(source: SettingSource, env: string): string {
  return source[env]?.trim() ?? '';
}

function shown(setting: Setting<unknown>, given: string): string {
  if (setting.secret) return '';
  const start = given.length > MAX_SHOWN ? `${given.slice(0, MAX_SHOWN)}…` : given;
  return `, not ${JSON.stringify(start)}`;
}

/** What is wrong between settings that are right each for itself. */
function contradictions(settings: Settings, source: SettingSource): readonly string[] {
  const { host, apiToken, maxPages, maxPagesLimit, redisUrl, serveWorkers } = settings;
  const problems: string[] = [];
  if (apiToken === null && !isLoopbackHost(host)) {
    problems.push(
      `HOST: ${host} can be reached by other machines, so set API_TOKEN too, or leave HOST at 127.0.0.1`,
    );
  }
  if (serveWorkers === 0 && redisUrl === null) {
    problems.push('SERVE_WORKERS: 0 needs REDIS_URL too, or nothing would ever work on tasks');
  }
  if (settings.openaiBaseUrl !== null && settings.openaiApiKey === null) {
    problems.push('OPENAI_BASE_URL: set OPENAI_API_KEY too, to any text if the server asks for none');
  }
  if (textOf(source, SETTINGS.maxPages.env) !== '' && maxPages > maxPagesLimit) {
    problems.push(
      `MAX_PAGES: ${maxPages} is more than MAX_PAGES_LIMIT (${maxPagesLimit}), so raise that too`,
    );
  }
  return problems;
}

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
