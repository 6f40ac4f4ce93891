import { describe, expect, it } from 'vitest';
import { SeenUrls } from '../../../actors/pages/writer.ts';
import type { Discovery } from '../../../src/model/frontier-url.ts';

function link(n: number, by: Discovery['by'] = 'link'): Discovery {
  return { url: `http://a.test/${n}`, host: 'a.test', depth: 1, by, foundOn: null };
}

describe('URLs that the frontier has seen', () => {
  it('are left out of the links of later pages', () => {
    const told = new SeenUrls();
    told.add([link(1), link(2)]);
    expect(told.unseen([link(1), link(3), link(2)])).toEqual([link(3)]);
  });

  it('are added again in another spelling', () => {
    const told = new SeenUrls();
    told.add([link(1)]);
    const spelled = { ...link(1), spelling: 'http://a.test/1?' };
    expect(told.unseen([spelled])).toEqual([spelled]);
    told.add([spelled]);
    expect(told.unseen([spelled, link(1)])).toEqual([]);
  });

  it('are added again as pages of a list, which may include what it had left out', () => {
    const told = new SeenUrls();
    told.add([link(1)]);
    expect(told.unseen([link(1, 'board')])).toEqual([link(1, 'board')]);
  });

  it('are forgotten some time after they were last met, never those that are met again and again', () => {
    const told = new SeenUrls();
    told.add([link(0), link(1)]);
    for (let n = 2; n < 150_000; n += 1) {
      told.add([link(n)]);
      if (n % 10_000 === 0) expect(told.unseen([link(0)])).toEqual([]);
    }
    expect(told.unseen([link(0), link(1), link(149_999)])).toEqual([link(1)]);
  });
});
