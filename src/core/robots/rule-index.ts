import { compileWildcard, type WildcardMatcher } from '../url/wildcard.ts';

/** One rule of a robots.txt, its path in the form in which paths are compared (`robotsPattern`). */
export interface RobotsRule {
  readonly allow: boolean;
  /** With `*` as a wildcard, without the `$` at its end. */
  readonly pattern: string;
  /** The rule matches whole paths only: it ended in `$`. */
  readonly anchored: boolean;
}

interface IndexedRule {
  readonly allow: boolean;
  /** The higher one of two matching rules applies: the longer one, `Allow` before `Disallow` (RFC 9309 §2.2.2). */
  readonly rank: number;
  readonly matches: WildcardMatcher;
}

/** Rules that start with the same literal. */
interface HeadNode {
  readonly head: string;
  /** The node with the longest head that this one starts with. */
  readonly parent: HeadNode | null;
  /** The highest rank first. */
  readonly rules: readonly IndexedRule[];
}

/** Characters at the end of a literal by which a rule with wildcards is found. */
const MAX_GRAM = 4;
/** Paths and patterns are ASCII. */
const BITS_PER_CHARACTER = 7;

/**
 * Finds the rule that applies to a path without a test of every rule: each rule is indexed by its longest literal, either
 * the literal it starts with or the last characters of one behind a wildcard.
 */
export class RuleIndex {
  /** Sorted by their heads. */
  readonly #heads: readonly HeadNode[];
  /** Rules by the end of their longest literal (`gramOf`); the highest rank first. */
  readonly #byGram: ReadonlyMap<number, readonly IndexedRule[]>;
  /** For each length of a gram, the bits that it takes. */
  readonly #gramMasks: readonly number[];

  constructor(rules: readonly RobotsRule[]) {
    const distinct = distinctRules(rules);
    const isByHead = ({ literals }: DistinctRule) => longestOf(literals) === literals[0];
    this.#heads = headNodes(distinct.filter(isByHead));
    const others = distinct.filter((rule) => !isByHead(rule));
    this.#byGram = grouped(others, ({ literals }) => gramOf(longestOf(literals)));
    const lengths = new Set(others.map(({ literals }) => Math.min(MAX_GRAM, longestOf(literals).length)));
    this.#gramMasks = Array.from(lengths, (length) => 2 ** (length * BITS_PER_CHARACTER) - 1);
  }

  /** Whether the rule that applies to a path (`robotsPath`) allows it; null if no rule matches. */
  verdict(path: string): boolean | null {
    let best: IndexedRule | null = null;
    for (let node = this.#headBefore(path); node !== null; node = node.parent) {
      if (path.startsWith(node.head)) best = better(node.rules, path, best);
    }
    for (const rules of this.#rulesByGramsOf(path)) best = better(rules, path, best);
    return best?.allow ?? null;
  }

  /**
   * The last node in the order of heads that does not come after the path. All heads that the path starts with are this
   * node's own head or those of its ancestors, because what stands between a prefix and a path starts with that prefix.
   */
  #headBefore(path: string): HeadNode | null {
    let [low, high] = [0, this.#heads.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#heads[middle]?.head ?? '') <= path) low = middle + 1;
      else high = middle;
    }
    return this.#heads[low - 1] ?? null;
  }

  /** The rules of each gram that the path holds. */
  #rulesByGramsOf(path: string): ReadonlySet<readonly IndexedRule[]> {
    const found = new Set<readonly IndexedRule[]>();
    if (this.#byGram.size === 0) return found;
    let gram = 0;
    for (let at = 0; at < path.length; at++) {
      gram = (gram << BITS_PER_CHARACTER) | path.charCodeAt(at);
      for (const mask of this.#gramMasks) {
        const rules = this.#byGram.get(gram & mask);
        if (rules !== undefined) found.add(rules);
      }
    }
    return found;
  }
}

/** The last characters of a literal as one number. */
function gramOf(literal: string): number {
  let gram = 0;
  for (let at = Math.max(0, literal.length - MAX_GRAM); at < literal.length; at++)
    gram = (gram << BITS_PER_CHARACTER) | literal.charCodeAt(at);
  return gram;
}

interface DistinctRule extends IndexedRule {
  /** What stands between the wildcards; the first one starts the pattern. */
  readonly literals: readonly string[];
}

/** Of rules with the same pattern, `Allow` applies. */
function distinctRules(rules: readonly RobotsRule[]): readonly DistinctRule[] {
  const distinct = new Map<string, RobotsRule>();
  for (const rule of rules) {
    const key = rule.anchored ? `${rule.pattern}$` : rule.pattern;
    if (rule.allow || !distinct.has(key)) distinct.set(key, rule);
  }
  return Array.from(distinct, ([key, { allow, pattern, anchored }]) => ({
    allow,
    rank: 2 * key.length + Number(allow),
    matches: compileWildcard(anchored ? pattern : `${pattern}*`),
    literals: pattern.split('*'),
  }));
}

function longestOf(literals: readonly string[]): string {
  return literals.reduce((longest, literal) => (literal.length > longest.length ? literal : longest));
}

function headNodes(rules: readonly DistinctRule[]): readonly HeadNode[] {
  const byHead = grouped(rules, ({ literals }) => literals[0] ?? '');
  const nodes: HeadNode[] = [];
  for (const head of [...byHead.keys()].sort()) {
    let parent = nodes.at(-1) ?? null;
    while (parent !== null && !head.startsWith(parent.head)) parent = parent.parent;
    nodes.push({ head, parent, rules: byHead.get(head) ?? [] });
  }
  return nodes;
}

function grouped<K>(
  rules: readonly DistinctRule[],
  keyOf: (rule: DistinctRule) => K,
): ReadonlyMap<K, readonly IndexedRule[]> {
  const groups = Map.groupBy(rules, keyOf);
  for (const group of groups.values()) group.sort((a, b) => b.rank - a.rank);
  return groups;
}

/** The first of the rules that matches, unless `best` has a higher rank. */
function better(rules: readonly IndexedRule[], path: string, best: IndexedRule | null): IndexedRule | null {
  for (const rule of rules) {
    if (best !== null && rule.rank <= best.rank) return best;
    if (rule.matches(path)) return rule;
  }
  return best;
}
