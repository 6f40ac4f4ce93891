/** What is said of an error. */
interface ErrorEntry {
  /** HTTP status of the answer. */
  readonly status: number;
  /** The same call can succeed later. */
  readonly retryable: boolean;
  readonly title: string;
  /** What to do about it, in one line. */
  readonly help: string;
}

/** The one table of errors by their stable code. `docs/errors.md` is tested against it. */
export const ERRORS = {
  'bad-request': {
    status: 400,
    retryable: false,
    title: 'The request is not valid',
    help: 'The list `errors` names each value that is wrong and why.',
  },
  'bad-url': {
    status: 400,
    retryable: false,
    title: 'Not a URL that can be crawled',
    help: 'Give the whole address with its scheme and without user name or password: https://example.com/.',
  },
  'unsupported-scheme': {
    status: 400,
    retryable: false,
    title: 'Only http and https URLs can be crawled',
    help: 'Give an address that starts with http:// or https://.',
  },
  'address-refused': {
    status: 400,
    retryable: false,
    title: 'The host is not a public address',
    help: 'The operator may name private hosts that are allowed in ALLOWED_PRIVATE_HOSTS.',
  },
  'bad-cursor': {
    status: 400,
    retryable: false,
    title: 'The cursor is not one of ours',
    help: 'Use the `next_cursor` of the answer before, or none to start again.',
  },
  unauthorized: {
    status: 401,
    retryable: false,
    title: 'A bearer token is needed',
    help: 'Send the header `Authorization: Bearer …` with the value of the setting API_TOKEN.',
  },
  'host-refused': {
    status: 403,
    retryable: false,
    title: 'The service does not answer under this host name',
    help: 'Call it as localhost or by its loopback address; to serve under another name, set HOST and API_TOKEN.',
  },
  'origin-refused': {
    status: 403,
    retryable: false,
    title: 'Another website may not change anything here',
    help: 'Browsers may send POST, PATCH and DELETE only from pages of the service itself.',
  },
  'not-found': {
    status: 404,
    retryable: false,
    title: 'There is nothing here',
    help: 'The paths there are stand in /openapi.json.',
  },
  'task-not-found': {
    status: 404,
    retryable: false,
    title: 'There is no such task',
    help: 'GET /api/v1/tasks lists the tasks there are.',
  },
  'page-not-found': {
    status: 404,
    retryable: false,
    title: 'This page is not in the map',
    help: 'Crawl its site first, or look in the ledger of the crawl why the page was left out.',
  },
  'crawl-not-found': {
    status: 404,
    retryable: false,
    title: 'The map knows no such crawl',
    help: 'GET /api/v1/history lists the crawls of a site that are remembered.',
  },
  'crawl-unfinished': {
    status: 409,
    retryable: true,
    title: 'The crawl has not been finished',
    help: 'Wait until it is completed; a crawl that was cancelled or failed cannot be compared.',
  },
  'different-sites': {
    status: 400,
    retryable: false,
    title: 'The crawls are of different sites',
    help: 'Only crawls with the same start URL can be compared.',
  },
  'method-not-allowed': {
    status: 405,
    retryable: false,
    title: 'This path does not take that method',
    help: 'The header `Allow` of the answer names the methods it takes.',
  },
  'task-finished': {
    status: 409,
    retryable: false,
    title: 'The task has already ended',
    help: 'Start a new crawl: what is known of the site is updated, nothing is doubled.',
  },
  'task-not-paused': {
    status: 409,
    retryable: false,
    title: 'Only a paused task can be changed',
    help: 'Pause it, change it, and resume it.',
  },
  'task-cancelled': {
    status: 409,
    retryable: false,
    title: 'The task was cancelled',
    help: 'The pages that were crawled before are kept; start a new crawl for the rest.',
  },
  'idempotency-conflict': {
    status: 409,
    retryable: false,
    title: 'The idempotency key was used for another request',
    help: 'Use a new Idempotency-Key for a request that differs.',
  },
  'storage-in-use': {
    status: 409,
    retryable: true,
    title: 'Another process is working on this crawl',
    help: 'Wait until the other process has ended, or end it.',
  },
  'body-too-large': {
    status: 413,
    retryable: false,
    title: 'The request body is too large',
    help: 'Send less; the setting MAX_BODY_BYTES is the limit.',
  },
  'unsupported-media-type': {
    status: 415,
    retryable: false,
    title: 'The request body is not JSON',
    help: 'Send the body as JSON with the header `Content-Type: application/json`.',
  },
  'too-many-tasks': {
    status: 429,
    retryable: true,
    title: 'Too many tasks are waiting',
    help: 'Try again when some have run; the setting MAX_WAITING_TASKS is the limit.',
  },
  'export-too-large': {
    status: 500,
    retryable: false,
    title: 'The site does not fit into one file of this format',
    help: 'Name a folder with --output FOLDER/: a sitemap is then split into files with an index.',
  },
  'bad-setting': {
    status: 500,
    retryable: false,
    title: 'A setting is not valid',
    help: 'The message names every setting that is wrong; docs/settings.md lists what each takes.',
  },
  'crawl-failed': {
    status: 500,
    retryable: true,
    title: 'The crawl failed',
    help: 'The message says why; a background task is tried again by itself.',
  },
  'worker-lost': {
    status: 500,
    retryable: true,
    title: 'The workers of the task died again and again',
    help: 'See their logs and memory. Resume the task once they live; its finished pages are kept.',
  },
  'port-in-use': {
    status: 500,
    retryable: false,
    title: 'The port is taken',
    help: 'End the program that uses it, or choose another one with PORT.',
  },
  internal: {
    status: 500,
    retryable: true,
    title: 'Something went wrong inside',
    help: 'The log says more under the id in the message. Please report it.',
  },
  'seed-failed': {
    status: 502,
    retryable: true,
    title: 'The first page could not be crawled',
    help: 'The message says why. Open the address in a browser to see whether it answers at all.',
  },
  'not-ready': {
    status: 503,
    retryable: true,
    title: 'The service cannot work now',
    help: 'GET /ready names the part that does not work.',
  },
  'too-many-streams': {
    status: 503,
    retryable: true,
    title: 'Too many event streams are open',
    help: 'Close some, or ask GET /api/v1/tasks/{id} now and then; the setting MAX_EVENT_STREAMS is the limit.',
  },
  'storage-failed': {
    status: 503,
    retryable: true,
    title: 'The store did not answer',
    help: 'See whether STORAGE_DIR can be written and its disk has room.',
  },
  'redis-unreachable': {
    status: 503,
    retryable: true,
    title: 'Redis did not answer',
    help: 'See whether it runs and whether REDIS_URL names its host and port; rediss:// is for a Redis with TLS.',
  },
  'redis-auth': {
    status: 503,
    retryable: false,
    title: 'Redis refused the user name or password',
    help: 'Put the right ones into REDIS_URL: redis://user:password@host:6379; special characters percent-encoded.',
  },
  'redis-too-old': {
    status: 503,
    retryable: false,
    title: 'The Redis is too old',
    help: 'Use Redis 7.0 or later.',
  },
  'redis-evicts': {
    status: 503,
    retryable: false,
    title: 'The Redis may throw away parts of a crawl',
    help: 'Set `maxmemory-policy noeviction` in redis.conf or with CONFIG SET; a cache needs a Redis of its own.',
  },
  'redis-full': {
    status: 503,
    retryable: true,
    title: 'Redis takes no more data',
    help: 'Raise its maxmemory or make room on its disk, or drop crawls that are not needed.',
  },
  'graph-not-shared': {
    status: 503,
    retryable: false,
    title: 'This process keeps the graph elsewhere than the others',
    help: 'Give all processes that share a Redis one NEO4J_URL, or one STORAGE_DIR on one host; REDIS_NAMESPACE keeps services apart.',
  },
  'neo4j-unreachable': {
    status: 503,
    retryable: true,
    title: 'Neo4j did not answer',
    help: 'See whether it runs and whether NEO4J_URL names its host and Bolt port; neo4j+s:// and bolt+s:// are for TLS.',
  },
  'neo4j-auth': {
    status: 503,
    retryable: false,
    title: 'Neo4j refused the user name or password',
    help: 'Put the right ones into NEO4J_USERNAME and NEO4J_PASSWORD.',
  },
  'neo4j-too-old': {
    status: 503,
    retryable: false,
    title: 'The Neo4j is too old',
    help: 'Use Neo4j 5 or later; the Community edition is enough.',
  },
  'browser-not-found': {
    status: 503,
    retryable: false,
    title: 'No browser was found',
    help: 'Set CHROMIUM_PATH to a Chromium or Chrome, or install one: npx playwright install chromium.',
  },
  'browser-failed': {
    status: 503,
    retryable: true,
    title: 'The browser did not start',
    help: 'The message holds the last words of the browser; often a system library is missing.',
  },
} as const satisfies Record<string, ErrorEntry>;

export type ErrorCode = keyof typeof ERRORS;

/** An error with a stable code. `message` says what was wrong and, where it helps, what to do. */
export class WaymarkError extends Error {
  override readonly name = 'WaymarkError';
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** The message of whatever was thrown, in one line. */
export function messageOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split('\n', 1)[0]?.trim() ?? '';
}
