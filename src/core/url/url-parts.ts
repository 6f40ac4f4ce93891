/** The parts of a canonical URL, cut out without parsing it again. */
export interface UrlParts {
  /** Host with port, as `URL.host`. */
  readonly host: string;
  /** Path, query and, for a hash route, fragment: everything behind the host. */
  readonly path: string;
}

/** Takes a canonical URL (`canonicalUrl`); of anything else the answer means nothing. */
export function splitUrl(url: string): UrlParts {
  const hostStart = url.indexOf('//') + 2;
  const pathStart = url.indexOf('/', hostStart);
  return pathStart < 0
    ? { host: url.slice(hostStart), path: '/' }
    : { host: url.slice(hostStart, pathStart), path: url.slice(pathStart) };
}
