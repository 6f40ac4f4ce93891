import { load } from 'cheerio';
import iconv from 'iconv-lite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listen } from '../../src/app/listen.ts';
import { type Navigation, navigate, type Route } from '../../src/core/map/navigate.ts';
import { readQuestion } from '../../src/core/map/read-question.ts';
import { searchMap } from '../../src/core/map/search-map.ts';
import { createDemoSite } from '../../src/demo/demo-site.ts';
import type { GraphStore, Question } from '../../src/ports/graph-store.ts';
import { crawl, crawlOptions, openTestService, type TestService } from '../support/crawled.ts';
import { DEMO_QUESTIONS } from './demo-questions.ts';

const MINUTE = 60_000;
const RIGHT_AT_FIRST = 0.9;

/** The demo site, crawled once for all tests. */
class DemoMap implements AsyncDisposable {
  readonly origin: string;
  readonly #test: TestService;
  readonly #close: () => Promise<void>;

  private constructor(origin: string, test: TestService, close: () => Promise<void>) {
    this.origin = origin;
    this.#test = test;
    this.#close = close;
  }

  static async open(): Promise<DemoMap> {
    const demo = await listen(createDemoSite().fetch, '127.0.0.1', 0);
    const test = await openTestService();
    await crawl(test, crawlOptions(`${demo.origin}/`));
    return new DemoMap(demo.origin, test, () => demo.close());
  }

  get graph(): GraphStore {
    return this.#test.service.graph;
  }

  async ask(path: string, text: string, maxSteps = 10, alternatives = 0): Promise<Navigation> {
    const from = await this.graph.locate(this.origin + path);
    if (from === null) throw new Error(`${path} should be on the map`);
    return navigate(this.graph, { from, question: questionOf(text), maxSteps, alternatives });
  }

  /** Path and anchor of what a route leads to. */
  goal({ target }: Route): string {
    if (target === null) return 'nothing';
    const path = target.url.slice(this.origin.length);
    return target.section === null && target.fragment === null ? path : `${path}#${target.fragment}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#close();
    await this.#test[Symbol.asyncDispose]();
  }
}

function questionOf(text: string): Question {
  const question = readQuestion(text);
  if (question === null) throw new Error(`“${text}” asks nothing`);
  return question;
}

/** Follows the steps as a person would: each label must be a link on the page that leads to the next one. */
async function follow(start: string, route: Route): Promise<void> {
  let at = start;
  for (const step of route.steps) {
    expect(step.page.url).toBe(at);
    const page = await fetch(at);
    const charset = page.headers.get('content-type')?.includes('euc-kr') ? 'cp949' : 'utf-8';
    const html = iconv.decode(Buffer.from(await page.arrayBuffer()), charset);
    const $ = load(html);
    const targets = $('a[href], area[href]')
      .toArray()
      .filter(
        (link) => nameOf($(link).attr('aria-label') ?? $(link).attr('alt') ?? $(link).text()) === step.text,
      )
      .map((link) => new URL($(link).attr('href') ?? '', at).href);
    const landings = await Promise.all(targets.map(async (url) => canonical(await fetch(url))));
    expect(landings, `“${step.text}” on ${at}`).toContain(step.target.url);
    at = step.target.url;
  }
  expect(at).toBe(route.target?.url);
}

/** The URL under which the page that was reached is stored. */
async function canonical(response: Response): Promise<string> {
  const $ = load(await response.text());
  return new URL($('link[rel=canonical]').attr('href') ?? '', response.url).href;
}

function nameOf(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

describe('the map of the demo site', { timeout: MINUTE }, () => {
  let demo: DemoMap;
  beforeAll(async () => {
    demo = await DemoMap.open();
  }, MINUTE);
  afterAll(() => demo[Symbol.asyncDispose]());

  it('answers nearly every question of a person at once', async () => {
    const wrong: string[] = [];
    for (const { from, text, right } of DEMO_QUESTIONS) {
      const answer = demo.goal(await demo.ask(from, text));
      if (!right.includes(answer)) wrong.push(`${text}: ${answer}`);
    }
    const share = 1 - wrong.length / DEMO_QUESTIONS.length;
    expect(share, wrong.join('\n')).toBeGreaterThanOrEqual(RIGHT_AT_FIRST);
  });

  it('gives steps that can be taken', async () => {
    for (const { from, text } of DEMO_QUESTIONS) {
      const answer = await demo.ask(from, text);
      expect(['found', 'here'], text).toContain(answer.status);
      await follow(demo.origin + from, answer);
    }
  });

  it('leads through the menu rather than by the footer, and says where links stand', async () => {
    const { steps } = await demo.ask('/privacy', 'printing prices');
    expect(steps.map(({ text, place }) => [text, place])).toEqual([
      ['Services', 'menu'],
      ['Printing, scanning and copying', 'content'],
    ]);
    const history = await demo.ask('/services', 'our history');
    expect(history.steps.map(({ text, place }) => [text, place])).toEqual([['Our history', 'footer']]);
  });

  it('knows what is on the page that one is on', async () => {
    const answer = await demo.ask('/services/printing', 'prices');
    expect(answer).toMatchObject({ status: 'here', clicks: 0, steps: [] });
    expect(demo.goal(answer)).toBe('/services/printing#prices');
  });

  it('says when no links lead to what is asked for', async () => {
    expect(await demo.ask('/', 'the lantern fund')).toMatchObject({
      status: 'unreachable',
      clicks: null,
      steps: [],
    });
  });

  it('says when nothing is meant, and when the way is too long', async () => {
    expect(await demo.ask('/', 'quantum zeppelin')).toMatchObject({ status: 'not-found', target: null });
    const far = await demo.ask('/', 'printing prices', 1);
    expect(far).toMatchObject({ status: 'too-far', clicks: 2, steps: [] });
  });

  it('offers other things that may be meant', async () => {
    const { alternatives } = await demo.ask('/', 'accessibility', 10, 3);
    expect(alternatives).toHaveLength(3);
    for (const route of alternatives) await follow(`${demo.origin}/`, route);
  });

  it('finds pages and sections by words, with a snippet and the way from the root', async () => {
    const hits = await searchMap(demo.graph, { question: questionOf('telescope'), site: null, limit: 5 });
    expect(hits.map(({ route }) => demo.goal(route))).toEqual(['/services/tool-library#what']);
    expect(hits[0]?.snippet).toContain('a telescope, two bread ovens');
    for (const { route } of hits) await follow(`${demo.origin}/`, route);
  });
});
