import type { ScopeRules } from '../../model/crawl-options.ts';
import { WaymarkError } from '../errors.ts';
import { canonicalUrl } from './canonical-url.ts';
import { splitUrl } from './url-parts.ts';

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
