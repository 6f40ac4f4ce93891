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

/**
 * The parameters of a query (without `?`) that select the page, sorted by name; equal names keep their order.
 * Tracking marks, session ids and empty parameters are dropped; what stays is not re-encoded.
 */
export function canonicalQuery(query: string): string {
  if (!query.includes('&')) return isKept(query) ? query : '';
  const kept = query.split('&').filter(isKept);
  return kept.length > 1 ? sortByName(kept).join('&') : (kept[0] ?? '');
}

/** The query as written (without `?`), but for tracking marks and session ids. */
export function requestedQuery(query: string): string {
  const parameters = query.split('&');
  const kept = parameters.filter((parameter) => parameter === '' || isKept(parameter));
  return kept.length === parameters.length ? query : kept.join('&');
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
