import { describe, expect, it } from 'vitest';
import { groupName } from '../../../src/core/groups/form-groups.ts';
import { urlTemplate } from '../../../src/core/groups/layout-key.ts';

describe('the template of a URL', () => {
  it.each([
    ['http://site.test/', 'http://site.test/'],
    ['http://site.test/about', 'http://site.test/*'],
    ['http://site.test/library/os.html', 'http://site.test/library/*.html'],
    ['http://site.test/docs/guide/', 'http://site.test/docs/*/'],
    ['http://site.test/blog/2024/05/hello-world', 'http://site.test/blog/*/*/*'],
    ['http://site.test/users/1234/posts', 'http://site.test/users/*/*'],
    ['http://site.test/item/550e8400-e29b-41d4-a716-446655440000/photos', 'http://site.test/item/*/*'],
    ['http://site.test/news?page=2', 'http://site.test/news?page=*'],
    ['http://site.test/view.php?b=2&a=1&a=3', 'http://site.test/view.php?a=*&b=*'],
    ['http://site.test/app#/rooms/7', 'http://site.test/*#*'],
    ['http://site.test:8080', 'http://site.test:8080/'],
  ])('%s is %s', (url, template) => {
    expect(urlTemplate(url)).toBe(template);
  });
});

describe('the name of a group', () => {
  it.each([
    ['http://site.test/catalogue/*', 'catalogue'],
    ['http://site.test/tool-library/*/*.html', 'tool library'],
    ['http://site.test/news?page=*', 'news'],
    ['http://site.test/%EC%86%8C%EC%8B%9D/*', '소식'],
    ['http://site.test/%ff/*', '%ff'],
    ['http://site.test/*', 'site.test'],
  ])('%s is %s', (pattern, name) => {
    expect(groupName(pattern)).toBe(name);
  });
});
