import type { ScopeRules } from '../../model/crawl-options.ts';
import type { FoundLink } from '../../model/parsed-page.ts';
import { WaymarkError } from '../errors.ts';
import { canonicalUrl, MAX_URL_LENGTH, splitUrl } from './canonical-url.ts';
import { compileUrlPattern } from './url-pattern.ts';

/** Why a URL is not in scope; null if it is. */
export type ScopeVerdict = FoundLink['skip'];

export interface Scope {
  /**
   * Checks a canonical URL: `out-of-scope` by its host, `url-too-long` past `MAX_URL_LENGTH`, `excluded` if an
   * exclude pattern matches it or include patterns are given and none does.
   */
  verdict(url: string): ScopeVerdict;
}

/**
 * Compiles a crawl's rules. A host and its `www.` variant are the same host. Ports must be equal; the default ports of http
 * and https are equal.
 */
export function compileScope(rules: ScopeRules): Scope {
  const isHostIn = compileHosts(rules.hosts, rules.subdomains);
  const include = rules.include.map(compileUrlPattern);
  const exclude = rules.exclude.map(compileUrlPattern);
  return {
    verdict(url) {
      if (!isHostIn(splitUrl(url).host)) return 'out-of-scope';
      if (url.length > MAX_URL_LENGTH) return 'url-too-long';
      if (exclude.some((matches) => matches(url))) return 'excluded';
      return include.length === 0 || include.some((matches) => matches(url)) ? null : 'excluded';
    },
  };
}

/** Whether a redirect leads where the crawl may go. */
export function mayFollow(scope: Scope, target: URL): boolean {
  const url = canonicalUrl(target);
  return url !== null && scope.verdict(url) === null;
}

/** Below the rule's own host, not below its `www.`-less form: that may be a public suffix (`www.github.io`). */
function compileHosts(hosts: readonly string[], subdomains: boolean): (host: string) => boolean {
  const same = new Set(hosts.map(withoutWww));
  const below = subdomains ? hosts.map((host) => `.${host}`) : [];
  return (host) => same.has(withoutWww(host)) || below.some((suffix) => host.endsWith(suffix));
}

function withoutWww(host: string): string {
  return host.startsWith('www.') ? host.slice(4) : host;
}

export type ScopeOptions = Omit<ScopeRules, 'hosts'>;

/** The domain that was registered for a host (`example.co.uk` of `www.example.co.uk`); null if there is none. */
export type RegistrableDomain = (host: string) => string | null;

/**
 * The scope of a crawl that starts at `seedUrl`: the seed's host with its port. With sub-domains, all hosts below it
 * too; a seed at the `www.` of its registrable domain stands for that domain.
 *
 * @throws {WaymarkError} `bad-url` if the seed is not an http or https URL.
 */
export function scopeForSeed(
  seedUrl: string,
  options: ScopeOptions,
  registrableDomain: RegistrableDomain,
): ScopeRules {
  const seed = canonicalUrl(seedUrl);
  if (seed === null) throw new WaymarkError('bad-url', `not an http or https URL: ${seedUrl.slice(0, 200)}`);
  const { host } = splitUrl(seed);
  const { subdomains, include, exclude, hashRoutes } = options;
  const hosts = [subdomains ? wholeDomain(host, registrableDomain) : host];
  return { hosts, subdomains, include, exclude, hashRoutes };
}

function wholeDomain(host: string, registrableDomain: RegistrableDomain): string {
  const [name = '', port] = host.split(':', 2);
  const domain = registrableDomain(name);
  if (domain === null || name !== `www.${domain}`) return host;
  return port === undefined ? domain : `${domain}:${port}`;
}
