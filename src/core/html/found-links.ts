import type { FoundLink } from '../../model/parsed-page.ts';
import { splitUrl } from '../url/canonical-url.ts';
import type { Scope } from '../url/scope.ts';

/** The distinct URLs among canonical ones, in the order of their first mention, each with the scope's verdict. */
export function judgeLinks(urls: Iterable<string>, scope: Scope): FoundLink[] {
  return Array.from(new Set(urls), (url) => ({
    url,
    host: splitUrl(url).host,
    skip: scope.verdict(url),
  }));
}
