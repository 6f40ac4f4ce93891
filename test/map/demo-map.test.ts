import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listen } from '../../src/app/listen.ts';
import { createDemoSite } from '../../src/demo/demo-site.ts';
import { testBrowser } from '../pools/browser/test-browser.ts';
import { crawl, crawlOptions, openTestService } from '../support/crawled.ts';
import { DEMO_QUESTIONS, HELD_OUT_DEMO_QUESTIONS } from './demo-questions.ts';
import { MappedSite, queryOf } from './mapped-site.ts';
import { StepClicker } from './step-clicker.ts';

const MINUTE = 60_000;
const RIGHT_AT_FIRST = 0.9;
/** Of sixteen; two ask for what the site says in other words, `volunteer` for `lend a hand`. */
const RIGHT_WHEN_HELD_OUT = 0.85;

describe('the map of the demo site', { timeout: MINUTE }, () => {
  const opened = new AsyncDisposableStack();
  let demo: MappedSite;
  let clicker: StepClicker;
  beforeAll(async () => {
    const site = await listen(createDemoSite().fetch, '127.0.0.1', 0);
    opened.defer(() => site.close());
    const test = opened.use(await openTestService());
    await crawl(test, crawlOptions(`${site.origin}/`, { paginatedLists: 'all' }));
    demo = new MappedSite(test.service.graph, site.origin);
    clicker = opened.use(await StepClicker.open(demo.graph, await testBrowser()));
  }, MINUTE);
  afterAll(() => opened.disposeAsync());

  it('finds the right target of nearly every question first', async () => {
    const tuned = await demo.evaluate(DEMO_QUESTIONS);
    const heldOut = await demo.evaluate(HELD_OUT_DEMO_QUESTIONS);
    const wrong = [...tuned.wrong, ...heldOut.wrong];
    const share = 1 - wrong.length / (tuned.questions + heldOut.questions);
    expect(share, wrong.join('\n')).toBeGreaterThanOrEqual(RIGHT_AT_FIRST);
    expect(heldOut.share, heldOut.wrong.join('\n')).toBeGreaterThanOrEqual(RIGHT_WHEN_HELD_OUT);
  });

  it('gives steps that can be taken in a browser', { timeout: 3 * MINUTE }, async () => {
    for (const { from, text } of [...DEMO_QUESTIONS, ...HELD_OUT_DEMO_QUESTIONS]) {
      const result = await demo.navigate(from, text);
      expect(['found', 'here'], text).toContain(result.status);
      await clicker.follow(demo.origin + from, result);
    }
  });

  it('leads through the menu rather than by the footer, and says where links stand', async () => {
    const { steps } = await demo.navigate('/privacy', 'printing prices');
    expect(steps.map(({ text, place }) => [text, place])).toEqual([
      ['Services', 'menu'],
      ['Printing, scanning and copying', 'content'],
    ]);
    const history = await demo.navigate('/services', 'our history');
    expect(history.steps.map(({ text, place }) => [text, place])).toEqual([['Our history', 'footer']]);
  });

  it('finds what is on the page itself', async () => {
    const result = await demo.navigate('/services/printing', 'prices');
    expect(result).toMatchObject({ status: 'here', clicks: 0, steps: [] });
    expect(demo.goal(result)).toBe('/services/printing#prices');
  });

  it('says when no links lead to the target', async () => {
    expect(await demo.navigate('/', 'the lantern fund')).toMatchObject({
      status: 'unreachable',
      clicks: null,
      steps: [],
    });
  });

  it('says when nothing matches, and when the route is too long', async () => {
    expect(await demo.navigate('/', 'quantum zeppelin')).toMatchObject({ status: 'not-found', target: null });
    const far = await demo.navigate('/', 'printing prices', 1);
    expect(far).toMatchObject({ status: 'too-far', clicks: 2, steps: [] });
  });

  it('offers other matches', async () => {
    const { alternatives } = await demo.navigate('/', 'accessibility', 10, 3);
    expect(alternatives).toHaveLength(3);
    for (const route of alternatives) await clicker.follow(`${demo.origin}/`, route);
  });

  it('finds pages and sections by words, with a snippet and the route from the root', async () => {
    const found = await demo.graph.search({ query: queryOf('telescope'), site: null, limit: 5 });
    const hits = found?.hits ?? [];
    expect(hits.map(({ route }) => demo.goal(route))).toEqual(['/services/tool-library#what']);
    expect(hits[0]?.snippet).toContain('a telescope, two bread ovens');
    for (const { route } of hits) await clicker.follow(`${demo.origin}/`, route);
  });
});
