const SCHEME_AND_WWW = /^https?:\/\/(?:www\.)?/;
const INDEX_FILE = /^(?:index\.(?:html?|xhtml|shtml|php\d?|aspx?|jspx?|cgi|pl)|default\.(?:html?|aspx?))$/i;

/**
 * A key that two canonical URLs share if they are probably one page: it ignores scheme, `www.`, an index file and a trailing
 * slash. Only together with equal content does it prove that they are one.
 */
export function looseKey(url: string): string {
  const plain = url.replace(SCHEME_AND_WWW, '');
  const pathEnd = endOfPath(plain);
  return withoutIndex(plain.slice(0, pathEnd)) + plain.slice(pathEnd);
}

function endOfPath(url: string): number {
  const end = url.search(/[?#]/);
  return end < 0 ? url.length : end;
}

function withoutIndex(hostAndPath: string): string {
  const slash = hostAndPath.lastIndexOf('/');
  if (slash < 0) return hostAndPath;
  const file = hostAndPath.slice(slash + 1);
  return file === '' || INDEX_FILE.test(file) ? hostAndPath.slice(0, slash) : hostAndPath;
}
