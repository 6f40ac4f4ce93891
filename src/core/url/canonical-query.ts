import { normalizePercentEncoding } from './percent-encoding.ts';

/** Tracking parameters of campaigns and clicks, lower-case. They never select the page. */
const TRACKING = new Set([
  '_ga',
  '_gl',
  '_hsenc',
  '_hsmi',
  'dclid',
  'fbclid',
  'gbraid',
  'gclid',
  'gclsrc',
  'igsh',
  'igshid',
  'mc_cid',
  'mc_eid',
  'mkt_tok',
  'msclkid',
  'srsltid',
  'ttclid',
  'twclid',
  'wbraid',
  'yclid',
]);
const SESSION = new Set(['jsessionid', 'phpsessid', 'oscsid', 'zenid']);
/** Names that hold a session id if the value looks like one. */
const MAYBE_SESSION = new Set(['sid', 'session_id', 'sessionid']);
const SESSION_VALUE = /^[\da-f]{16,}$/i;

/** A query (without `?`) in its two forms. Both lack tracking marks and session ids, because they never select the page. */
export interface QueryForms {
  /** Percent-encoding normalised, sorted by name, without empty parameters; equal names keep their order. */
  readonly canonical: string;
  /** Everything else as written. */
  readonly requested: string;
}

export function queryForms(query: string): QueryForms {
  const kept: string[] = [];
  const requested: string[] = [];
  for (const parameter of query.split('&')) {
    const normal = normalizePercentEncoding(parameter);
    const isParameter = isKept(normal);
    if (isParameter) kept.push(normal);
    if (isParameter || parameter === '') requested.push(parameter);
  }
  const sorted = kept.length > 1 ? sortByName(kept) : kept;
  return { canonical: sorted.join('&'), requested: requested.join('&') };
}

function isKept(parameter: string): boolean {
  if (parameter === '') return false;
  const name = nameOf(parameter).toLowerCase();
  if (name.startsWith('utm_') || TRACKING.has(name)) return false;
  if (name.startsWith('aspsessionid') || SESSION.has(name)) return false;
  return !(MAYBE_SESSION.has(name) && SESSION_VALUE.test(parameter.slice(name.length + 1)));
}

function sortByName(parameters: readonly string[]): readonly string[] {
  return parameters
    .map((parameter) => ({ name: nameOf(parameter), parameter }))
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
    .map(({ parameter }) => parameter);
}

function nameOf(parameter: string): string {
  const end = parameter.indexOf('=');
  return end < 0 ? parameter : parameter.slice(0, end);
}
