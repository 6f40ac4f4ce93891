import { describe, expect, it } from 'vitest';
import { formGroups } from '../../../src/core/groups/form-groups.ts';
import type { Layout } from '../../../src/model/layout-group.ts';

function layout(path: string, pages: number, fingerprint = 'a'): Layout {
  const template = `http://site.test${path}`;
  return { template, fingerprint, pages, examples: [template.replaceAll('*', '1')] };
}

const groupsOf = (...layouts: readonly Layout[]) =>
  formGroups(layouts).map(({ pattern, fingerprint, pages }) => [
    pattern.replace('http://site.test', ''),
    fingerprint,
    pages,
  ]);

describe('groups', () => {
  it('are layouts of three pages or more, the largest first', () => {
    expect(
      groupsOf(layout('/a/*', 3), layout('/b/*', 2), layout('/c/*', 40), layout('/a/*', 5, 'b')),
    ).toEqual([
      ['/c/*', 'a', 40],
      ['/a/*', 'b', 5],
      ['/a/*', 'a', 3],
    ]);
  });

  it('hold the pages of many values of one step, as of many users', () => {
    const users = Array.from({ length: 10 }, (_, n) =>
      layout(`/users/user${String.fromCharCode(97 + n)}/*`, 1),
    );
    const [group, ...others] = formGroups([...users, layout('/users/*', 2)]);
    expect(others).toEqual([]);
    expect(group).toMatchObject({ pattern: 'http://site.test/users/*/*', name: 'users', pages: 10 });
    expect(group?.layouts).toHaveLength(10);
    expect(group?.examples).toHaveLength(3);
  });

  it('do not join the few sections of a site, nor pages of other layouts', () => {
    const sections = ['guide', 'api', 'faq'].map((name) => layout(`/docs/${name}/*`, 4));
    expect(groupsOf(...sections)).toHaveLength(3);
    const users = Array.from({ length: 10 }, (_, n) => layout(`/users/u${n}/*`, 1, `layout ${n}`));
    expect(groupsOf(...users)).toEqual([]);
  });

  it('are at most a thousand, the largest', () => {
    const many = Array.from({ length: 1200 }, (_, n) => layout(`/s${n}/*`, 3 + n, `layout ${n}`));
    const groups = formGroups(many);
    expect(groups).toHaveLength(1000);
    expect(groups.at(-1)?.pages).toBe(203);
  });
});
