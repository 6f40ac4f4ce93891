/**
 * The one table of errors: stable code, HTTP status, and whether the same call can succeed later.
 * `docs/errors.md` is tested against it.
 */
export const ERRORS = {
  'bad-request': { status: 400, retryable: false, title: 'The request is not valid' },
  'bad-url': { status: 400, retryable: false, title: 'Not a URL that can be crawled' },
  'unsupported-scheme': { status: 400, retryable: false, title: 'Only http and https URLs can be crawled' },
  'address-refused': { status: 400, retryable: false, title: 'The host is not a public address' },
  'bad-cursor': { status: 400, retryable: false, title: 'The cursor is not one of ours' },
  'body-too-large': { status: 413, retryable: false, title: 'The request body is too large' },
  unauthorized: { status: 401, retryable: false, title: 'A bearer token is needed' },
  'not-found': { status: 404, retryable: false, title: 'There is nothing here' },
  'task-not-found': { status: 404, retryable: false, title: 'There is no such task' },
  'page-not-found': { status: 404, retryable: false, title: 'This page is not in the map' },
  'task-finished': { status: 409, retryable: false, title: 'The task has already ended' },
  'idempotency-conflict': {
    status: 409,
    retryable: false,
    title: 'The idempotency key was used for another request',
  },
  'too-many-tasks': { status: 429, retryable: true, title: 'Too many tasks are waiting' },
  'not-ready': { status: 503, retryable: true, title: 'The service cannot work now' },
  'storage-failed': { status: 503, retryable: true, title: 'The store did not answer' },
  'storage-in-use': { status: 409, retryable: true, title: 'Another process is working on this crawl' },
  'browser-not-found': { status: 503, retryable: false, title: 'No browser was found' },
  'browser-failed': { status: 503, retryable: true, title: 'The browser did not start' },
  'bad-setting': { status: 500, retryable: false, title: 'A setting is not valid' },
  'seed-failed': { status: 502, retryable: true, title: 'The first page could not be crawled' },
  'crawl-failed': { status: 500, retryable: true, title: 'The crawl failed' },
  'port-in-use': { status: 500, retryable: false, title: 'The port is taken' },
  internal: { status: 500, retryable: true, title: 'Something went wrong inside' },
} as const satisfies Record<string, { status: number; retryable: boolean; title: string }>;

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
