/** What a code means. */
interface ErrorEntry {
  /** HTTP status of the response. */
  readonly status: number;
  /** Whether the same call can succeed later. */
  readonly retryable: boolean;
  readonly title: string;
  /** What to do, in one line. */
  readonly help: string;
}

/** The table of errors by their stable code. `docs/errors.md` is generated from it. */
export const ERRORS = {
  'bad-request': {
    status: 400,
    retryable: false,
    title: 'The request is not valid',
    help: 'The list `errors` names each wrong value and the reason. Correct those values.',
  },
  'bad-url': {
    status: 400,
    retryable: false,
    title: 'The URL cannot be crawled',
    help: 'Give the complete URL with its scheme, without user name and password: https://example.com/.',
  },
  'unsupported-scheme': {
    status: 400,
    retryable: false,
    title: 'Only http and https URLs can be crawled',
    help: 'Give a URL that starts with http:// or https://.',
  },
  'address-refused': {
    status: 400,
    retryable: false,
    title: 'The host does not have a public address',
    help: 'To allow a private host, the operator adds it to ALLOWED_PRIVATE_HOSTS.',
  },
  'bad-cursor': {
    status: 400,
    retryable: false,
    title: 'The cursor is not valid',
    help: 'Use the `next_cursor` of the previous response, or no cursor to start again.',
  },
  unauthorized: {
    status: 401,
    retryable: false,
    title: 'A bearer token is required',
    help: 'Send the header `Authorization: Bearer …` with the value of the setting API_TOKEN.',
  },
  'host-refused': {
    status: 403,
    retryable: false,
    title: 'The service does not accept this host name',
    help: 'Call it as localhost or by its loopback address. To serve under another name, set HOST and API_TOKEN.',
  },
  'origin-refused': {
    status: 403,
    retryable: false,
    title: 'Other websites must not change anything here',
    help: 'Browsers may send POST, PATCH and DELETE only from pages of the service itself.',
  },
  'not-found': {
    status: 404,
    retryable: false,
    title: 'The path does not exist',
    help: '/openapi.json lists the paths.',
  },
  'task-not-found': {
    status: 404,
    retryable: false,
    title: 'The task does not exist',
    help: 'GET /api/v1/tasks lists the tasks.',
  },
  'page-not-found': {
    status: 404,
    retryable: false,
    title: 'The page is not in the map',
    help: 'Crawl its site first. If that is done, the ledger of the crawl says why the page was skipped.',
  },
  'crawl-not-found': {
    status: 404,
    retryable: false,
    title: 'The map has no such crawl',
    help: 'GET /api/v1/history lists the recorded crawls of a site.',
  },
  'crawl-unfinished': {
    status: 409,
    retryable: true,
    title: 'The crawl has not completed',
    help: 'Wait until it completes. A cancelled or failed crawl cannot be compared.',
  },
  'different-sites': {
    status: 400,
    retryable: false,
    title: 'The crawls are of different sites',
    help: 'Compare two crawls with the same start URL.',
  },
  'method-not-allowed': {
    status: 405,
    retryable: false,
    title: 'The path does not support this method',
    help: 'The header `Allow` of the response lists the supported methods.',
  },
  'task-finished': {
    status: 409,
    retryable: false,
    title: 'The task has already ended',
    help: 'Start a new crawl: it updates the map of the site and duplicates nothing.',
  },
  'task-not-paused': {
    status: 409,
    retryable: false,
    title: 'Only a paused task can be changed',
    help: 'Pause the task, change it, then resume it.',
  },
  'task-cancelled': {
    status: 409,
    retryable: false,
    title: 'The task was cancelled',
    help: 'The pages crawled so far are kept. Start a new crawl for the rest.',
  },
  'idempotency-conflict': {
    status: 409,
    retryable: false,
    title: 'The idempotency key belongs to another request',
    help: 'Use a new Idempotency-Key for a different request.',
  },
  'storage-in-use': {
    status: 409,
    retryable: true,
    title: 'Another process is working on this crawl',
    help: 'Wait until the other process ends, or stop it.',
  },
  'body-too-large': {
    status: 413,
    retryable: false,
    title: 'The request body is too large',
    help: 'Send a smaller body, or raise the setting MAX_BODY_BYTES.',
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
    help: 'Retry when some have run, or raise the setting MAX_WAITING_TASKS.',
  },
  'export-too-large': {
    status: 500,
    retryable: false,
    title: 'The site does not fit into one file of this format',
    help: 'Name a folder with --output FOLDER/: the sitemap is then split into files with an index.',
  },
  'bad-setting': {
    status: 500,
    retryable: false,
    title: 'A setting is not valid',
    help: 'The message names every wrong setting. docs/settings.md lists the accepted values.',
  },
  'crawl-failed': {
    status: 500,
    retryable: true,
    title: 'The crawl failed',
    help: 'The message says why. A background task is retried automatically.',
  },
  'worker-lost': {
    status: 500,
    retryable: true,
    title: 'The workers of the task died repeatedly',
    help: 'Check their logs and their memory. Resume the task when they run; its completed pages are kept.',
  },
  'port-in-use': {
    status: 500,
    retryable: false,
    title: 'The port is in use',
    help: 'Stop the program that uses it, or choose another port with PORT.',
  },
  internal: {
    status: 500,
    retryable: true,
    title: 'An unexpected error occurred',
    help: 'The log has the details under the id in the message. Please report it.',
  },
  'seed-failed': {
    status: 502,
    retryable: true,
    title: 'The first page could not be crawled',
    help: 'The message says why. Open the URL in a browser to check that it responds.',
  },
  'not-ready': {
    status: 503,
    retryable: true,
    title: 'The service is not ready',
    help: 'GET /ready names the part that does not work.',
  },
  'too-many-streams': {
    status: 503,
    retryable: true,
    title: 'Too many event streams are open',
    help: 'Close some, or poll GET /api/v1/tasks/{id}. The setting MAX_EVENT_STREAMS is the limit.',
  },
  'storage-failed': {
    status: 503,
    retryable: true,
    title: 'The embedded store is unavailable',
    help: 'Check that STORAGE_DIR is writable and that its disk has free space.',
  },
  'redis-unreachable': {
    status: 503,
    retryable: true,
    title: 'Redis is unreachable',
    help: 'Check that it runs and that REDIS_URL names its host and port; rediss:// is for Redis with TLS.',
  },
  'redis-auth': {
    status: 503,
    retryable: false,
    title: 'Redis rejected the user name or password',
    help: 'Correct them in REDIS_URL: redis://user:password@host:6379, with special characters percent-encoded.',
  },
  'redis-too-old': {
    status: 503,
    retryable: false,
    title: 'The Redis version is too old',
    help: 'Use Redis 7.0 or later.',
  },
  'redis-evicts': {
    status: 503,
    retryable: false,
    title: 'Redis can evict parts of a crawl',
    help: 'Set `maxmemory-policy noeviction` in redis.conf or with CONFIG SET. Use a separate Redis for caches.',
  },
  'redis-full': {
    status: 503,
    retryable: true,
    title: 'Redis accepts no more data',
    help: 'Raise its maxmemory, free space on its disk, or delete crawls that are no longer needed.',
  },
  'graph-not-shared': {
    status: 503,
    retryable: false,
    title: 'This process uses another map than the others',
    help: 'Give all processes that share a Redis the same NEO4J_URL, or the same STORAGE_DIR on one host. To separate services, give each its own REDIS_NAMESPACE.',
  },
  'neo4j-unreachable': {
    status: 503,
    retryable: true,
    title: 'Neo4j is unreachable',
    help: 'Check that it runs and that NEO4J_URL names its host and Bolt port; neo4j+s:// and bolt+s:// are for TLS.',
  },
  'neo4j-auth': {
    status: 503,
    retryable: false,
    title: 'Neo4j rejected the user name or password',
    help: 'Correct NEO4J_USERNAME and NEO4J_PASSWORD.',
  },
  'neo4j-too-old': {
    status: 503,
    retryable: false,
    title: 'The Neo4j version is too old',
    help: 'Use Neo4j 5 or later; the Community edition is sufficient.',
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
    help: 'The message has the last output of the browser. Often a system library is missing.',
  },
} as const satisfies Record<string, ErrorEntry>;

export type ErrorCode = keyof typeof ERRORS;

/** An error with a stable code. `message` says what was wrong and what to do. */
export class WaymarkError extends Error {
  override readonly name = 'WaymarkError';
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** The first line of an error's message. */
export function messageOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split('\n', 1)[0]?.trim() ?? '';
}
