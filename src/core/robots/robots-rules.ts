import { splitUrl } from '../url/canonical-url.ts';
import { compileWildcard, type WildcardMatcher } from '../url/wildcard.ts';
import {
  longerDelay,
  productToken,
  type RobotsFile,
  type RobotsGroup,
  type RobotsLine,
} from './parse-robots.ts';
import { robotsPath, robotsPattern } from './robots-path.ts';

/** Rules that are kept for one user agent, in the order of the file; further rules are ignored. */
export const MAX_ROBOTS_RULES = 10_000;

/** The rules of a robots.txt for one user agent. */
export interface RobotsRules {
  /** Whether the canonical URL, on the host of the file, may be visited. */
  allows(url: string): boolean;
  /** Milliseconds between two visits that the site demands; null if it demands none. */
  readonly crawlDelayMs: number | null;
}

interface Rule {
  readonly allow: boolean;
  /** Octets of the pattern: the rule with the most wins. */
  readonly length: number;
  readonly matches: WildcardMatcher;
}

/**
 * The rules for a user agent: its product token, or a string that starts with it. All groups that name it are one group;
 * the groups for `*` count only if none names it (RFC 9309 §2.2.1), so an agent that is named without any rule may visit
 * everything (§5.1). The longest matching rule wins, `Allow` before `Disallow` (§2.2.2).
 */
export function rulesFor(file: RobotsFile, userAgent: string): RobotsRules {
  const groups = groupsFor(file, productToken(userAgent));
  const rules = groups
    .flatMap((group) => group.lines)
    .slice(0, MAX_ROBOTS_RULES)
    .map(compileRule)
    .sort((a, b) => b.length - a.length || Number(b.allow) - Number(a.allow));
  return {
    allows: (url) => isAllowed(rules, splitUrl(url).path),
    crawlDelayMs: groups.reduce<number | null>(
      (delay, group) => longerDelay(delay, group.crawlDelayMs),
      null,
    ),
  };
}

function groupsFor(file: RobotsFile, token: string): readonly RobotsGroup[] {
  const named = file.groups.filter((group) => group.agents.includes(token));
  return named.length > 0 ? named : file.groups.filter((group) => group.agents.includes('*'));
}

function compileRule({ allow, path }: RobotsLine): Rule {
  const anchored = path.endsWith('$');
  const pattern = robotsPattern(anchored ? path.slice(0, -1) : path);
  return {
    allow,
    length: pattern.length + (anchored ? 1 : 0),
    matches: compileWildcard(anchored ? pattern : `${pattern}*`),
  };
}

/** `rules` are in order of precedence. `/robots.txt` itself is always allowed (§2.2.2). */
function isAllowed(rules: readonly Rule[], urlPath: string): boolean {
  const fragment = urlPath.indexOf('#');
  const path = robotsPath(fragment < 0 ? urlPath : urlPath.slice(0, fragment));
  if (path === '/robots.txt') return true;
  return rules.find((rule) => rule.matches(path))?.allow ?? true;
}
