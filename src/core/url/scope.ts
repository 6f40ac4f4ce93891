import type { ScopeRules } from '../../model/crawl-options.ts';
import type { FoundLink } from '../../model/parsed-page.ts';
import { MAX_URL_LENGTH } from './canonical-url.ts';
import { splitUrl } from './url-parts.ts';
import { compileUrlPattern } from './url-pattern.ts';

/** Why the scope keeps a URL out; null when it is in. */
export type ScopeVerdict = FoundLink['skip'];

export interface Scope {
  /**
   * Judges a canonical URL: `out-of-scope` by its host, `url-too-long` past `MAX_URL_LENGTH`, `excluded` if an
   * exclude pattern matches it or include patterns are given and none does.
   */
  verdict(url: string): ScopeVerdict;
}

/**
 * Compiles a crawl's rules. A host and its `www.` variant are the same host; the port must be the same, where the
 * default ports of http and https count as one.
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

/** Below the rule's own host, not below its `www.`-less form: that may be a public suffix (`www.github.io`). */
function compileHosts(hosts: readonly string[], subdomains: boolean): (host: string) => boolean {
  const same = new Set(hosts.map(withoutWww));
  const below = subdomains ? hosts.map((host) => `.${host}`) : [];
  return (host) => same.has(withoutWww(host)) || below.some((suffix) => host.endsWith(suffix));
}

function withoutWww(host: string): string {
  return host.startsWith('www.') ? host.slice(4) : host;
}
