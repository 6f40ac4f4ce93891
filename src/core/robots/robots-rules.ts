import { splitUrl } from '../url/canonical-url.ts';
import {
  longerDelay,
  productToken,
  type RobotsFile,
  type RobotsGroup,
  type RobotsLine,
} from './parse-robots.ts';
import { robotsPath, robotsPattern } from './robots-path.ts';
import { type RobotsRule, RuleIndex } from './rule-index.ts';

/** The rules of a robots.txt for one user agent. */
export interface RobotsRules {
  /** Whether this URL, on the host of the file, may be requested. */
  allows(url: string): boolean;
  /** Milliseconds between two visits that the site demands; null if it demands none. */
  readonly crawlDelayMs: number | null;
}

/**
 * The rules for a user agent: its product token, or a string that starts with it. All groups that name it are one group;
 * the groups for `*` count only if none names it (RFC 9309 §2.2.1), so an agent that is named without any rule may visit
 * everything (§5.1). The longest matching rule wins, `Allow` before `Disallow` (§2.2.2).
 */
export function rulesFor(file: RobotsFile, userAgent: string): RobotsRules {
  const groups = groupsFor(file, productToken(userAgent));
  const index = new RuleIndex(groups.flatMap((group) => group.lines.map(ruleOf)));
  return {
    allows: (url) => isAllowed(index, splitUrl(url).path),
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

function ruleOf({ allow, path }: RobotsLine): RobotsRule {
  const anchored = path.endsWith('$');
  return { allow, anchored, pattern: robotsPattern(anchored ? path.slice(0, -1) : path) };
}

/** `/robots.txt` itself is always allowed (§2.2.2). */
function isAllowed(index: RuleIndex, urlPath: string): boolean {
  const fragment = urlPath.indexOf('#');
  const path = robotsPath(fragment < 0 ? urlPath : urlPath.slice(0, fragment));
  return path === '/robots.txt' || (index.verdict(path) ?? true);
}
