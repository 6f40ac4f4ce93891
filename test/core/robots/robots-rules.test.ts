import { describe, expect, it } from 'vitest';
import { MAX_ROBOTS_BYTES, parseRobots, type RobotsLine } from '../../../src/core/robots/parse-robots.ts';
import { rulesFor } from '../../../src/core/robots/robots-rules.ts';
import { SeededRandom } from '../../support/seeded-random.ts';

function allows(robots: string, agent: string, path: string): boolean {
  return rulesFor(parseRobots(robots), agent).allows(`https://www.example.com${path}`);
}

/** The verdict by the text of §2.2.2 and §2.2.3, one rule after the other. */
function allowedByEachRule(lines: readonly RobotsLine[], path: string): boolean {
  let best = { length: 0, allow: true };
  for (const { allow, path: rule } of lines) {
    const anchored = rule.endsWith('$');
    const body = anchored ? rule.slice(0, -1) : rule;
    const expression = new RegExp(`^${body.replaceAll('*', '.*')}${anchored ? '$' : ''}`);
    if (!expression.test(path)) continue;
    if (rule.length > best.length || (rule.length === best.length && allow))
      best = { length: rule.length, allow };
  }
  return best.allow;
}

const SIMPLE_EXAMPLE = `
User-Agent: *
Disallow: *.gif$
Disallow: /example/
Allow: /publications/

User-Agent: foobot
Disallow:/
Allow:/example/page.html
Allow:/example/allowed.gif

User-Agent: barbot
User-Agent: bazbot
Disallow: /example/page.html

User-Agent: quxbot
`;

describe('RFC 9309 §5.1, simple example', () => {
  it.each([
    ['otherbot', '/picture.gif', false],
    ['otherbot', '/picture.gif?size=1', true],
    ['otherbot', '/example/a', false],
    ['otherbot', '/publications/a', true],
    ['otherbot', '/a', true],
    ['foobot', '/', false],
    ['foobot', '/publications/a', false],
    ['foobot', '/example/page.html', true],
    ['foobot', '/example/allowed.gif', true],
    ['barbot', '/example/page.html', false],
    ['bazbot', '/example/page.html', false],
    ['bazbot', '/picture.gif', true],
    ['quxbot', '/example/page.html', true],
    ['quxbot', '/picture.gif', true],
  ])('%s on %s: %s', (agent, path, expected) => expect(allows(SIMPLE_EXAMPLE, agent, path)).toBe(expected));
});

describe('RFC 9309 §5.2, longest match', () => {
  const robots = 'User-Agent: foobot\nAllow: /example/page/\nDisallow: /example/page/disallowed.gif';
  it.each([
    ['/example/page/', true],
    ['/example/page/disallowed.gif', false],
    ['/example/page/allowed.gif', true],
  ])('%s: %s', (path, expected) => expect(allows(robots, 'foobot', path)).toBe(expected));

  it.each([
    ['Allow: /p\nDisallow: /p', '/p', true],
    ['Disallow: /p\nAllow: /p', '/p', true],
    ['Allow: /p\nDisallow: /', '/page', true],
    ['Allow: /$\nDisallow: /', '/', true],
    ['Allow: /$\nDisallow: /', '/page', false],
    ['Disallow: /a/*/c\nAllow: /a/', '/a/b/c', false],
    ['Disallow: /a\nAllow: /*bcdef', '/abcdef', true],
  ])('%j on %s: %s', (rules, path, expected) => {
    expect(allows(`User-agent: *\n${rules}`, 'anybot', path)).toBe(expected);
  });
});

describe('RFC 9309 §2.2.1, which group', () => {
  it.each(['ExampleBot', 'examplebot', 'EXAMPLEBOT', 'ExampleBot/1.0 (+https://example.com/bot)'])(
    'finds that of %s whatever its case',
    (agent) =>
      expect(allows('user-agent: eXampleBot\ndisallow: /x\n\nUser-agent: *\nDisallow: /', agent, '/y')).toBe(
        true,
      ),
  );

  it.each([
    ['waymark/2.0', false],
    ['waymarker', true],
    ['way', true],
    ['mark', true],
    ['waymark2', true],
  ])('compares whole tokens: %s', (named, expected) => {
    expect(allows(`User-agent: ${named}\nDisallow: /`, 'waymark', '/a')).toBe(expected);
  });

  it.each([
    ['One, Two', 'one', false],
    ['One, Two', 'two', false],
    ['One,Two/2.0 (+https://example.com/), Three', 'three', false],
    ['One, Two', 'three', true],
    ['One, *', 'three', false],
    ['One Two', 'two', true],
  ])('names each agent of a list: %s for %s', (named, agent, expected) => {
    expect(allows(`User-agent: ${named}\nDisallow: /`, agent, '/a')).toBe(expected);
  });

  it('merges groups of one agent', () => {
    const robots =
      'User-agent: a\nDisallow: /1\n\nUser-agent: b\nDisallow: /2\n\nUser-agent: A\nDisallow: /3';
    expect(['/1', '/2', '/3'].map((path) => allows(robots, 'a', path))).toEqual([false, true, false]);
  });

  it('merges groups of everyone else', () => {
    const robots = 'User-agent: *\nDisallow: /1\nUser-agent: *\nDisallow: /2';
    expect(['/1', '/2', '/3'].map((path) => allows(robots, 'a', path))).toEqual([false, false, true]);
  });

  it('does not fall back to * for a named agent without rules, also with an empty Disallow', () => {
    expect(allows('User-agent: *\nDisallow: /\n\nUser-agent: a', 'a', '/x')).toBe(true);
    expect(allows('User-agent: a\nDisallow:\n\nUser-agent: *\nDisallow: /', 'a', '/x')).toBe(true);
    expect(allows('User-agent: a\nDisallow:\n\nUser-agent: *\nDisallow: /', 'b', '/x')).toBe(false);
  });

  it('allows everything where no group is for the agent', () => {
    expect(allows('User-agent: a\nDisallow: /', 'b', '/x')).toBe(true);
  });
});

describe('RFC 9309 §2.2.2, encoded paths', () => {
  it.each([
    ['/foo/bar?baz=quz', '/foo/bar?baz=quz'],
    ['/foo/bar?baz=https://foo.bar', '/foo/bar?baz=https%3A%2F%2Ffoo.bar'],
    ['/foo/bar/ツ', '/foo/bar/%E3%83%84'],
    ['/foo/bar/%E3%83%84', '/foo/bar/%E3%83%84'],
    ['/foo/bar/%e3%83%84', '/foo/bar/%E3%83%84'],
    ['/foo/bar/%62%61%7A', '/foo/bar/baz'],
    ["/a(b)'c!", '/a%28b%29%27c%21'],
  ])('%s is %s', (one, other) => {
    for (const [rule, path] of [
      [one, other],
      [other, one],
      [one, one],
      [other, other],
    ]) {
      expect(allows(`User-agent: *\nDisallow: ${rule}`, 'a', path ?? ''), `${rule} on ${path}`).toBe(false);
    }
  });

  it.each([
    ['/a%2Fb', '/a/b'],
    ['/a/b', '/a%2Fb'],
    ['/a%3Fb', '/a?b'],
    ['/Case', '/case'],
    ['/a%25', '/a%26'],
  ])('%s is not %s', (rule, path) =>
    expect(allows(`User-agent: *\nDisallow: ${rule}`, 'a', path)).toBe(true),
  );
});

describe('RFC 9309 §2.2.2, the most specific match', () => {
  it.each([
    ['compares paths from their first octet', 'Disallow: /b', '/a/b', true],
    ['is case-sensitive', 'Disallow: /A', '/a', true],
    ['covers the query', 'Disallow: /search?q=', '/search?q=x&page=2', false],
    ['knows the order of parameters', 'Disallow: /search?q=', '/search?page=2&q=x', true],
    ['takes Allow where both are equally long', 'Disallow: /a\nAllow: /a', '/ab', true],
    ['allows what no rule matches', 'Disallow: /a', '/b', true],
    ['ignores a rule without a path', 'Disallow:\nAllow:', '/a', true],
    ['counts octets and not matched characters', 'Allow: /a*\nDisallow: /ab', '/abcdefgh', true],
    ['counts encoded octets', 'Allow: /%E3%83%84\nDisallow: /ツ/', '/ツ/a', false],
  ])('%s', (_, rules, path, expected) => {
    expect(allows(`User-agent: *\n${rules}`, 'a', path)).toBe(expected);
  });

  it('does not depend on the order of rules or groups', () => {
    const one = 'User-agent: a\nDisallow: /\nAllow: /open\n\nUser-agent: *\nAllow: /';
    const other = 'User-agent: *\nAllow: /\n\nUser-agent: a\nAllow: /open\nDisallow: /';
    for (const robots of [one, other])
      expect(['/open', '/x'].map((path) => allows(robots, 'a', path))).toEqual([true, false]);
  });
});

describe('RFC 9309 §2.2.3, special characters', () => {
  it.each([
    ['/*/b', '/a/b/c', false],
    ['/*/b', '/b', true],
    ['/a*', '/a', false],
    ['/a***b', '/axb', false],
    ['*', '/', false],
    ['/a$', '/a', false],
    ['/a$', '/ab', true],
    ['/a$b', '/a$b', false],
    ['/a$b', '/a', true],
    ['/a.html # comment', '/a.html', false],
    ['/path/file-with-a-%2A.html', '/path/file-with-a-*.html', false],
    ['/path/file-with-a-%2A.html', '/path/file-with-a-x.html', true],
    ['/path/foo-%24', '/path/foo-$', false],
    ['/path/foo-%24', '/path/foo-', true],
    ['/*?*sort=', '/list?page=1&sort=up', false],
    ['/*&sort=', '/list?page=1&sort=up', false],
    ['/foo*/bar', '/foo?x=/bar', false],
    ['/*.php$', '/a.php?x', true],
  ])('%s on %s: %s', (rule, path, expected) => {
    expect(allows(`User-agent: *\nDisallow: ${rule}`, 'a', path)).toBe(expected);
  });
});

describe('rulesFor', () => {
  it('always allows /robots.txt itself', () => {
    expect(allows('User-agent: *\nDisallow: /', 'a', '/robots.txt')).toBe(true);
    expect(allows('User-agent: *\nDisallow: /', 'a', '/robots.txt.bak')).toBe(false);
  });

  it('looks past a hash route', () => {
    expect(allows('User-agent: *\nDisallow: /app$', 'a', '/app#/users')).toBe(false);
  });

  it('takes the longest delay of the groups of an agent, and none from others', () => {
    const file = parseRobots(
      'User-agent: a\nCrawl-delay: 1.5\nUser-agent: *\nDisallow: /x\nUser-agent: a\nCrawl-delay: 3',
    );
    expect(rulesFor(file, 'a').crawlDelayMs).toBe(3_000);
    const other = parseRobots('User-agent: a\nDisallow: /y\nUser-agent: *\nCrawl-delay: 9');
    expect(rulesFor(other, 'a').crawlDelayMs).toBeNull();
    expect(rulesFor(other, 'b').crawlDelayMs).toBe(9_000);
  });

  it('RFC 9309 §2.5: counts every rule within 500 KiB, also those after the 10,000th', () => {
    const lines = Array.from({ length: 40_000 }, (_, index) => `Allow:/${index}`);
    const text = ['User-agent: *', ...lines, 'Disallow: /late', 'Disallow: /*/late$'].join('\n');
    expect(text.length).toBeLessThanOrEqual(MAX_ROBOTS_BYTES);
    const rules = rulesFor(parseRobots(text), 'a');
    expect(rules.allows('https://www.example.com/late')).toBe(false);
    expect(rules.allows('https://www.example.com/a/late')).toBe(false);
    expect(rules.allows('https://www.example.com/a/later')).toBe(true);
  });

  it.each([
    ['literal', (n: number) => `Disallow:/${n}`],
    ['wildcard', (n: number) => `Disallow:*${n}$`],
    ['mixed', (n: number) => (n % 2 === 0 ? `Disallow:/a${n}` : `Allow:*b${n}`)],
  ])('judges 10,000 URLs by 500 KiB of %s rules in well under a second', (_, rule) => {
    const lines = Array.from({ length: 40_000 }, (_, n) => rule(n));
    const rules = rulesFor(
      parseRobots(['User-agent: *', ...lines].join('\n').slice(0, MAX_ROBOTS_BYTES)),
      'a',
    );
    const before = process.threadCpuUsage();
    for (let n = 0; n < 10_000; n++) {
      rules.allows(`https://www.example.com/section/${n}/page-of-the-section?id=a${n}`);
    }
    const { user, system } = process.threadCpuUsage(before);
    expect((user + system) / 1000).toBeLessThan(1_000);
  });

  it('finds the same rule as a test of every rule would', () => {
    const random = new SeededRandom(9309);
    const text = (length: number, alphabet: string) =>
      Array.from({ length }, () => alphabet[random.below(alphabet.length)]).join('');
    for (let file = 0; file < 300; file++) {
      const lines = Array.from({ length: 1 + random.below(12) }, () => ({
        allow: random.next() < 0.5,
        path: `/${text(random.below(6), 'ab*/')}${random.next() < 0.2 ? '$' : ''}`,
      }));
      const robots = lines.map(({ allow, path }) => `${allow ? 'Allow' : 'Disallow'}: ${path}`).join('\n');
      const rules = rulesFor(parseRobots(`User-agent: *\n${robots}`), 'a');
      for (let n = 0; n < 30; n++) {
        const path = `/${text(random.below(8), 'ab/')}`;
        expect(rules.allows(`https://www.example.com${path}`), `${robots}\n${path}`).toBe(
          allowedByEachRule(lines, path),
        );
      }
    }
  });

  it.each([
    [
      'many wildcard rules',
      Array.from({ length: 10_000 }, (_, index) => `Disallow: *${'a'.repeat(30)}${index}`),
    ],
    ['many stars', Array.from({ length: 100 }, () => `Disallow: ${'*a'.repeat(2_500)}b`)],
    ['long literals', Array.from({ length: 250 }, () => `Disallow: /*${'a'.repeat(2_000)}b*c`)],
    ['stray percents', [`Disallow: /${'%'.repeat(500_000)}`]],
  ])('takes bounded time with %s', (_, lines) => {
    const started = performance.now();
    const rules = rulesFor(parseRobots(['User-agent: *', ...lines].join('\n')), 'a');
    for (let visit = 0; visit < 10; visit++) {
      expect(rules.allows(`https://www.example.com/${'a'.repeat(2_000)}`)).toBe(true);
    }
    expect(performance.now() - started).toBeLessThan(3_000);
  });
});
