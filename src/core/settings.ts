import { WaymarkError } from './errors.ts';
import { problemOfEntry } from './net/access-policy.ts';
import { isLoopbackHost } from './net/address.ts';
import { choice, integer, list, optionalText, type Setting, text } from './setting.ts';
import { SUMMARY_SETTINGS } from './summaries/summary-settings.ts';
import { WEBHOOK_SECRET } from './webhooks/webhook-message.ts';

const MEGABYTE = 1024 * 1024;
const DAY = 86_400;

/** The table of settings. `docs/settings.md` is generated from it. */
export const SETTINGS = {
  host: text(
    'HOST',
    {
      flag: '--host',
      fallback: '127.0.0.1',
      takes: 'a host name or an address, without port and brackets',
      pattern: /^(?:[\w.-]+|[\da-f.]*(?::[\da-f.]*){2,})$/i,
    },
    'Address that the service listens on. Any address other than loopback also needs API_TOKEN.',
  ),
  port: integer(
    'PORT',
    { flag: '--port', fallback: 3000, min: 0, max: 65_535 },
    'Port of the service; 0 selects a free one.',
  ),
  apiToken: optionalText(
    'API_TOKEN',
    { secret: true, takes: 'visible ASCII characters without spaces', pattern: /^[!-~]+$/ },
    'Bearer token that callers of the API must send. Without it, the service accepts callers on this machine only.',
  ),
  storageDir: text(
    'STORAGE_DIR',
    { flag: '--storage-dir', fallback: 'storage', takes: 'a path', pattern: /^[^\0]+$/ },
    'Folder of the embedded store.',
  ),
  redisUrl: optionalText(
    'REDIS_URL',
    {
      secret: true,
      takes: 'a URL like redis://:password@host:6379, or rediss:// for TLS',
      pattern: /^rediss?:\/\/[^\s/?#]+(?:[/?#]\S*)?$/,
    },
    'Redis server that holds frontier, tasks and events, so that `npm run worker` processes can share them. Without it, the embedded store holds them.',
  ),
  neo4jUrl: optionalText(
    'NEO4J_URL',
    {
      secret: true,
      takes: 'a bolt:// or neo4j:// URL, also with +s or +ssc, without user name and password',
      pattern: /^(?:bolt|neo4j)(?:\+ssc|\+s)?:\/\/[^\s@]+$/,
    },
    'Neo4j server that holds the map. Without it, the embedded store holds the map.',
  ),
  neo4jUsername: text(
    'NEO4J_USERNAME',
    { fallback: 'neo4j', takes: 'a name', pattern: /^.+$/ },
    'User name for Neo4j.',
  ),
  neo4jPassword: optionalText(
    'NEO4J_PASSWORD',
    { secret: true, takes: 'a password', pattern: /^.+$/s },
    'Password for Neo4j.',
  ),
  redisNamespace: text(
    'REDIS_NAMESPACE',
    { fallback: 'wm', takes: 'letters, digits, - and _, at most 40', pattern: /^[\w-]{1,40}$/ },
    'Prefix of every key in Redis. Services that share a Redis server but not their tasks need different prefixes.',
  ),
  redisEviction: choice(
    'REDIS_EVICTION',
    { of: ['refuse', 'warn'], fallback: 'refuse' },
    'What to do at startup if the maxmemory-policy of Redis can evict keys, and with them parts of a crawl.',
  ),
  allowedPrivateHosts: list(
    'ALLOWED_PRIVATE_HOSTS',
    { takes: 'host or host:port, between commas', problemOf: problemOfEntry },
    'Hosts with private addresses that callers of the API may crawl. An entry holds only for tasks that start at that host: no page of another site reaches it.',
  ),
  chromiumPath: optionalText(
    'CHROMIUM_PATH',
    { flag: '--chromium-path', takes: 'a path', pattern: /^[^\0]+$/ },
    'Browser executable. Without it, the first that exists is used: a browser installed by Playwright, one of the system, the bundled one.',
  ),
  demoPort: integer(
    'DEMO_PORT',
    { flag: '--demo-port', fallback: 3001, min: 0, max: 65_535 },
    'Port of the demo site; 0 selects a free one.',
  ),
  logLevel: choice(
    'LOG_LEVEL',
    { flag: '--log-level', of: ['debug', 'info', 'warn', 'error', 'silent'], fallback: 'info' },
    'Lowest level of messages that are logged.',
  ),

  taskConcurrency: integer(
    'TASK_CONCURRENCY',
    { flag: '--task-concurrency', fallback: 2, min: 1, max: 100, unit: 'tasks' },
    'Maximum number of crawls that a process runs at once; up to twice as many while some make no progress.',
  ),
  taskGiveWaySeconds: integer(
    'TASK_GIVE_WAY_SECONDS',
    { fallback: 15, min: 1, max: DAY, unit: 'seconds' },
    'Time without progress after which a crawl no longer counts against TASK_CONCURRENCY, so that a waiting one starts.',
  ),
  serveWorkers: integer(
    'SERVE_WORKERS',
    { flag: '--serve-workers', fallback: 1, min: 0, max: 1, unit: 'workers' },
    'Workers inside the service. 0 leaves all tasks to `npm run worker` processes, which need REDIS_URL.',
  ),
  workerMaxTasks: integer(
    'WORKER_MAX_TASKS',
    { fallback: 100, min: 1, max: 1_000_000, unit: 'tasks' },
    'Number of tasks after which a worker process exits, so that its supervisor starts a fresh one.',
  ),
  workerMaxMemoryMb: integer(
    'WORKER_MAX_MEMORY',
    { fallback: 2000, min: 200, max: 64_000, unit: 'megabytes' },
    'Resident memory, without browsers, above which a worker process hands over its tasks and exits.',
  ),
  drainSeconds: integer(
    'DRAIN_SECONDS',
    { fallback: 30, min: 1, max: 3600, unit: 'seconds' },
    'Maximum time that a process takes to hand over its tasks when it is stopped.',
  ),
  taskRetries: integer(
    'TASK_RETRIES',
    { fallback: 3, min: 0, max: 100, unit: 'retries' },
    'Retries of a task after a failure that can be temporary. With Redis only; the embedded store retries 3 times.',
  ),
  taskRetrySeconds: integer(
    'TASK_RETRY_DELAY',
    { fallback: 60, min: 0, max: DAY, unit: 'seconds' },
    'Delay before the first retry of a task; twice and three times as long before the next ones. With Redis only; the embedded store waits 60 seconds.',
  ),
  resultExpiresSeconds: integer(
    'RESULT_EXPIRES',
    { fallback: 3600, min: 1, max: 365 * DAY, unit: 'seconds' },
    'Time after its end at which a task, its ledger and its events expire in Redis. The map stays; the embedded store keeps everything.',
  ),
  browserConcurrency: integer(
    'BROWSER_CONCURRENCY',
    { flag: '--browser-concurrency', fallback: 0, min: 0, max: 64, unit: 'tabs' },
    'Maximum number of open browser tabs; 0 selects two per core, at most 8.',
  ),
  httpConcurrency: integer(
    'HTTP_CONCURRENCY',
    { flag: '--http-concurrency', fallback: 16, min: 1, max: 256, unit: 'requests' },
    'Maximum number of pages fetched at once over plain HTTP.',
  ),
  parseThreads: integer(
    'PARSE_THREADS',
    { flag: '--parse-threads', fallback: 0, min: 0, max: 64, unit: 'threads' },
    'Number of threads that parse pages; 0 selects one less than the number of cores, at least 1.',
  ),
  hostConcurrency: integer(
    'HOST_CONCURRENCY',
    { fallback: 8, min: 1, max: 64, unit: 'pages' },
    'Maximum number of pages open at once on one host: the default of a crawl, and the highest value that a caller may request.',
  ),
  hostDelayMs: integer(
    'HOST_DELAY_MS',
    { fallback: 0, min: 0, max: 600_000, unit: 'milliseconds' },
    'Minimum time between the starts of two visits to one host: the default of a crawl, and the lowest value that a caller may request.',
  ),

  pageTimeoutSeconds: integer(
    'PAGE_TIMEOUT_SECONDS',
    { fallback: 30, min: 1, max: 600, unit: 'seconds' },
    'Maximum time of one visit to a page.',
  ),
  parseTimeoutSeconds: integer(
    'PARSE_TIMEOUT_SECONDS',
    { fallback: 20, min: 1, max: 600, unit: 'seconds' },
    'Maximum time that a parser thread works on one page; a page that takes longer fails with `parse-timeout`.',
  ),
  maxPageBytes: integer(
    'MAX_PAGE_BYTES',
    { fallback: 10 * MEGABYTE, min: 1024, max: 100 * MEGABYTE, unit: 'bytes' },
    'Maximum size of a page; a larger one fails with `too-large`.',
  ),
  maxRetries: integer(
    'MAX_RETRIES',
    { fallback: 2, min: 0, max: 10, unit: 'retries' },
    'Retries of a page after a failure that can be temporary.',
  ),
  retryDelaySeconds: integer(
    'RETRY_DELAY_SECONDS',
    { fallback: 1, min: 0, max: 3600, unit: 'seconds' },
    'Delay before the first retry of a page; it doubles before each further one.',
  ),
  browserMaxPages: integer(
    'BROWSER_MAX_PAGES',
    { fallback: 500, min: 1, max: 100_000, unit: 'pages' },
    'Number of pages after which a fresh browser replaces the old one.',
  ),
  browserMaxMemoryMb: integer(
    'BROWSER_MAX_MEMORY_MB',
    { fallback: 1500, min: 200, max: 64_000, unit: 'megabytes' },
    'Memory of a browser, including all its processes, above which a fresh one replaces it.',
  ),

  maxPages: integer(
    'MAX_PAGES',
    { fallback: 10_000, min: 1, max: 10_000_000, unit: 'pages' },
    'Default page limit of a crawl; never more than MAX_PAGES_LIMIT.',
  ),
  maxPagesLimit: integer(
    'MAX_PAGES_LIMIT',
    { fallback: 100_000, min: 1, max: 10_000_000, unit: 'pages' },
    'Highest page limit that a caller of the API may request.',
  ),
  maxUrls: integer(
    'MAX_URLS',
    { fallback: 2_000_000, min: 1, max: 100_000_000, unit: 'URLs' },
    'Maximum number of URLs in the frontier of one crawl; further ones are counted and dropped.',
  ),
  maxTaskSeconds: integer(
    'MAX_TASK_SECONDS',
    { fallback: DAY, min: 1, max: 365 * DAY, unit: 'seconds' },
    'Maximum run time of a crawl, without pauses: the default, and the highest value that a caller may request.',
  ),
  noProgressSeconds: integer(
    'NO_PROGRESS_SECONDS',
    { fallback: 300, min: 10, max: DAY, unit: 'seconds' },
    'A crawl ends when no page completes for this time.',
  ),
  maxWaitingTasks: integer(
    'MAX_WAITING_TASKS',
    { fallback: 1000, min: 1, max: 1_000_000, unit: 'tasks' },
    'Maximum number of waiting tasks; further ones are rejected with `too-many-tasks`.',
  ),
  maxEventStreams: integer(
    'MAX_EVENT_STREAMS',
    { fallback: 200, min: 1, max: 100_000, unit: 'streams' },
    'Maximum number of open event streams in one process; further ones are rejected with `too-many-streams`.',
  ),
  webhookSecret: optionalText(
    'WEBHOOK_SECRET',
    { secret: true, takes: 'whsec_ and 24 to 64 bytes in base64', pattern: WEBHOOK_SECRET },
    'Signs the webhooks of tasks that have no secret of their own.',
  ),
  webhookAttempts: integer(
    'WEBHOOK_ATTEMPTS',
    { fallback: 12, min: 1, max: 30, unit: 'attempts' },
    'Attempts to deliver one webhook message, about 15 minutes in total for the default; then the message is dropped and counted.',
  ),
  maxBodyBytes: integer(
    'MAX_BODY_BYTES',
    { fallback: 64 * 1024, min: 1024, max: 10 * MEGABYTE, unit: 'bytes' },
    'Maximum size of the body of an API request.',
  ),
  waitSeconds: integer(
    'WAIT_SECONDS',
    { fallback: 30, min: 0, max: 600, unit: 'seconds' },
    'Default time that a foreground crawl request waits before the crawl continues as a background task.',
  ),

  ...SUMMARY_SETTINGS,
} as const;

type ValueOf<S> = S extends Setting<infer T> ? T : never;

/** The settings of a process, by the names in the table. */
export type Settings = { readonly [K in keyof typeof SETTINGS]: ValueOf<(typeof SETTINGS)[K]> };

/** Texts by environment variable. */
export type SettingSource = Readonly<Record<string, string | undefined>>;

const MAX_SHOWN = 60;

/**
 * Parses the settings of a source and fills in the defaults. An empty text counts as not set. The result is frozen.
 *
 * @throws {WaymarkError} `bad-setting`. The message names every wrong setting and the accepted values, but never shows a
 * secret.
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

/** Problems of settings that are valid each, but not together. */
function contradictions(settings: Settings, source: SettingSource): readonly string[] {
  const { host, apiToken, maxPages, maxPagesLimit, redisUrl, serveWorkers } = settings;
  const problems: string[] = [];
  if (apiToken === null && !isLoopbackHost(host)) {
    problems.push(
      `HOST: ${host} is reachable from other machines. Set API_TOKEN too, or leave HOST at 127.0.0.1`,
    );
  }
  if (serveWorkers === 0 && redisUrl === null) {
    problems.push(
      'SERVE_WORKERS: 0 needs REDIS_URL, because no worker would take the tasks. Set REDIS_URL too',
    );
  }
  if (settings.openaiBaseUrl !== null && settings.openaiApiKey === null) {
    problems.push(
      'OPENAI_BASE_URL: it needs OPENAI_API_KEY. Set that to any text if the server requires no key',
    );
  }
  if (textOf(source, SETTINGS.maxPages.env) !== '' && maxPages > maxPagesLimit) {
    problems.push(`MAX_PAGES: ${maxPages} is more than MAX_PAGES_LIMIT (${maxPagesLimit}). Raise that too`);
  }
  return problems;
}

const TABS_PER_CORE = 2;
const MAX_TABS = 8;

/** The number of browser tabs for a value of BROWSER_CONCURRENCY; 0 derives it from the cores. */
export function tabsFor(setting: number, cores: number): number {
  return setting === 0 ? Math.min(MAX_TABS, TABS_PER_CORE * cores) : setting;
}

/** The number of threads for a value of PARSE_THREADS; 0 derives it from the cores. */
export function parseThreadsFor(setting: number, cores: number): number {
  return setting === 0 ? Math.max(1, cores - 1) : setting;
}
