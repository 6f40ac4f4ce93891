import { PageError } from '../../src/core/ledger/page-error.ts';
import type { UrlReason } from '../../src/model/reason.ts';

interface Failure {
  readonly reason: UrlReason;
  readonly retryable: boolean;
}

const CONNECTION: Failure = { reason: 'connection', retryable: true };
const TIMEOUT: Failure = { reason: 'timeout', retryable: true };
const TLS: Failure = { reason: 'tls', retryable: false };
const NO_SUCH_NAME: Failure = { reason: 'dns', retryable: false };

const BY_CODE: ReadonlyMap<string, Failure> = new Map([
  ['ERR_ADDRESS_REFUSED', { reason: 'address-refused', retryable: false }],
  ['ENOTFOUND', NO_SUCH_NAME],
  ['ENODATA', NO_SUCH_NAME],
  ['EAI_AGAIN', { reason: 'dns', retryable: true }],
  ['EAI_FAIL', { reason: 'dns', retryable: true }],
  ['ETIMEDOUT', TIMEOUT],
  ['UND_ERR_CONNECT_TIMEOUT', TIMEOUT],
  ['UND_ERR_HEADERS_TIMEOUT', TIMEOUT],
  ['UND_ERR_BODY_TIMEOUT', TIMEOUT],
  ['EPROTO', TLS],
  ['CERT_HAS_EXPIRED', TLS],
  ['CERT_NOT_YET_VALID', TLS],
  ['CERT_REVOKED', TLS],
  ['CERT_UNTRUSTED', TLS],
  ['CERT_REJECTED', TLS],
  ['CERT_SIGNATURE_FAILURE', TLS],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', TLS],
  ['HOSTNAME_MISMATCH', TLS],
  ['INVALID_CA', TLS],
  ['INVALID_PURPOSE', TLS],
  ['SELF_SIGNED_CERT_IN_CHAIN', TLS],
  ['UNABLE_TO_GET_ISSUER_CERT', TLS],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', TLS],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', TLS],
]);

/** The page error for a failed connection or transfer; `internal` for any other error. */
export function networkFailure(error: unknown): PageError {
  if (error instanceof PageError) return error;
  const code = codeOf(error);
  const { reason, retryable } = failureOf(code);
  return new PageError(reason, describe(error, code), { retryable, cause: error });
}

function failureOf(code: string): Failure {
  const failure = BY_CODE.get(code);
  if (failure) return failure;
  if (/^ERR_(?:TLS|SSL)_/.test(code)) return TLS;
  if (/^(?:UND_ERR_|HPE_|E[A-Z]+$)/.test(code)) return CONNECTION;
  return { reason: 'internal', retryable: true };
}

/** Parser errors of undici have a code only sometimes. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return error.name === 'HTTPParserError' ? 'HPE_UNKNOWN' : '';
}

/** An `AggregateError` of several attempts to connect has no message of its own. */
function describe(error: unknown, code: string): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.split('\n', 1)[0] || code;
}
