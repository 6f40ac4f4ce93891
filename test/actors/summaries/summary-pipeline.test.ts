import { describe, expect, it } from 'vitest';
import { type ModelBehaviour, type ModelCall, summaryOf } from '../../support/openai-server.ts';
import { within } from '../../support/within.ts';
import { longPage, longText, SummaryHarness } from './summary-harness.ts';

const PAGES = ['/a', '/b', '/c'].map((path) => longPage(path, ['Footer', `Section of ${path}`]));

function asked(calls: readonly ModelCall[], kind = 'section'): readonly string[] {
  return calls.flatMap(({ texts }) => texts.filter((text) => text.kind === kind).map(({ title }) => title));
}

function holds(call: ModelCall, title: string): boolean {
  return call.texts.some((text) => text.title === title);
}

describe('a summariser', () => {
  it('requests each summary once, several in a call, and stores the results', async () => {
    await using harness = await SummaryHarness.open();
    await harness.save(PAGES);
    const report = await harness.run();
    expect(asked(harness.server.calls)).toEqual([
      'Footer',
      'Section of /a',
      'Section of /b',
      'Section of /c',
    ]);
    expect(asked(harness.server.calls, 'page')).toHaveLength(0);
    expect(await harness.sections()).toMatchObject({
      Footer: summaryOf({ n: 1, kind: 'section', title: 'Footer', text: longText('Footer') }),
    });
    expect(report).toMatchObject({ made: 8, cached: 0, missing: 0, by: 'test-model' });
    expect(report.calls).toBe(harness.server.calls.length);
    expect(report.tokens).toBeGreaterThan(0);
  });

  it('gives sections with the same text in other company the same summary for one call', async () => {
    await using harness = await SummaryHarness.open();
    const [page] = [longPage('/a', ['Twin'])];
    const twin = { ...page, url: `${page?.url}2`, parsed: structuredClone(page?.parsed) };
    if (page === undefined || twin.parsed === undefined) throw new Error('there should be a page');
    const sections = twin.parsed.sections.map((section) => ({ ...section, hash: 'another block' }));
    const other = { ...page, ...twin, parsed: { ...twin.parsed, sections } };
    await harness.save([page, other]);
    const report = await harness.run();
    expect(asked(harness.server.calls)).toEqual(['Twin']);
    expect(report).toMatchObject({ missing: 0 });
  });

  it('summarises while pages come in', async () => {
    const called = Promise.withResolvers<void>();
    await using harness = await SummaryHarness.open(() => {
      called.resolve();
      return { kind: 'summaries' };
    });
    const summariser = await harness.start();
    const headings = Array.from({ length: 30 }, (_, n) => `Section ${n}`);
    await harness.save([longPage('/a', headings)]);
    summariser.notify();
    await within('a call before the end', called.promise);
    await summariser.stop();
  });

  it('counts the calls of all levels together', async () => {
    await using harness = await SummaryHarness.open();
    await harness.save(PAGES);
    await harness.run();
    expect(harness.metrics.figures()).toMatchObject([
      { name: 'summariser', handled: harness.server.calls.length },
    ]);
  });

  it('has no more calls open than it may', async () => {
    const three = Promise.withResolvers<void>();
    const untilThree: ModelBehaviour = async (_, index) => {
      if (index === 2) three.resolve();
      await within('three calls at once', three.promise);
      return { kind: 'summaries' };
    };
    await using harness = await SummaryHarness.open(untilThree, { concurrency: 3 });
    const headings = Array.from({ length: 200 }, (_, n) => `Section ${n}`);
    await harness.save([longPage('/a', headings)]);
    const report = await harness.run();
    expect(report.missing).toBe(0);
    expect(harness.server.calls.length).toBeGreaterThan(6);
    expect(harness.server.mostAtOnce).toBe(3);
  });

  it('goes on after a crash with what has no summary yet, within what is left of the budget', async () => {
    const halfway = Promise.withResolvers<void>();
    await using harness = await SummaryHarness.open(
      (_, index) => {
        if (index === 0) return { kind: 'summaries' };
        halfway.resolve();
        return { kind: 'silent' };
      },
      { concurrency: 1, calls: 4 },
    );
    const headings = Array.from({ length: 60 }, (_, n) => `Section ${n}`);
    await harness.save([longPage('/a', headings)]);
    const first = await harness.start();
    const ended = first.finish(new AbortController().signal);
    await within('the second call', halfway.promise);
    await first.stop();
    await within('the first run', ended);

    const before = harness.server.calls.length;
    harness.server.behaviour = () => ({ kind: 'summaries' });
    const report = await harness.run();
    const again = asked(harness.server.calls.slice(before));
    expect(again).not.toContain('Section 0');
    expect(again).toContain('Section 59');
    expect(report.calls).toBeLessThanOrEqual(4);
  });

  it('waits as long as the server requires', async () => {
    const times: number[] = [];
    await using harness = await SummaryHarness.open((_, index) => {
      times.push(performance.now());
      return index === 0
        ? { kind: 'status', status: 429, headers: { 'retry-after': '1' } }
        : { kind: 'summaries' };
    });
    await harness.save([longPage('/a', ['Tides'])]);
    const report = await harness.run();
    expect(report).toMatchObject({ missing: 0, calls: times.length });
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(990);
  });

  it.each([
    ['an error of the server', { kind: 'status', status: 500 }],
    ['a broken connection', { kind: 'broken' }],
  ] as const)('asks again after %s', async (_, trouble) => {
    await using harness = await SummaryHarness.open((__, index) =>
      index === 0 ? trouble : { kind: 'summaries' },
    );
    await harness.save([longPage('/a', ['Tides', 'Ferry'])]);
    expect(await harness.run()).toMatchObject({ missing: 0 });
    expect(harness.warnings).toEqual([]);
  });

  it.each([
    ['refused', { kind: 'content', content: null, refusal: 'No.' }],
    ['answered with words', { kind: 'content', content: 'Gladly! The first text is about…' }],
    ['cut off', { kind: 'content', content: '{"summaries":[{"n":1,', finish: 'length' }],
  ] as const)(
    'finds the text because of which a call was %s, and summarises its neighbours',
    async (_, answer) => {
      await using harness = await SummaryHarness.open((call) =>
        holds(call, 'Poison') ? answer : { kind: 'summaries' },
      );
      await harness.save([longPage('/a', ['One', 'Two', 'Three', 'Poison'])]);
      const report = await harness.run();
      const sections = await harness.sections();
      expect(sections).toMatchObject({ One: expect.any(String), Two: expect.any(String), Poison: null });
      expect(report.missing).toBe(1);
    },
  );

  it('requests texts again that a response has left out', async () => {
    await using harness = await SummaryHarness.open((_, index) => ({
      kind: 'summaries',
      of: (text) => (index === 0 && text.title === 'Two' ? null : summaryOf(text)),
    }));
    await harness.save([longPage('/a', ['One', 'Two', 'Three'])]);
    expect(await harness.run()).toMatchObject({ missing: 0 });
    expect(asked(harness.server.calls)).toEqual(['One', 'Two', 'Three', 'Two']);
  });

  it('pauses calls of a model that fails again and again, and logs this once', async () => {
    await using harness = await SummaryHarness.open(() => ({ kind: 'content', content: '' }), {
      concurrency: 1,
    });
    const headings = Array.from({ length: 200 }, (_, n) => `Section ${n}`);
    await harness.save([longPage('/a', headings)]);
    const report = await harness.run();
    expect(harness.server.calls).toHaveLength(5);
    expect(report.missing).toBeGreaterThanOrEqual(200);
    expect(harness.warnings).toEqual([expect.stringContaining('no response of the model could be used')]);
  });

  it('stops calling when the key is wrong, and logs no secret', async () => {
    await using harness = await SummaryHarness.open(() => ({ kind: 'status', status: 401 }), {
      concurrency: 1,
    });
    await harness.save(PAGES);
    const report = await harness.run();
    expect(report).toMatchObject({ calls: 1, missing: 7 });
    expect(harness.warnings).toEqual([expect.stringContaining('answered 401')]);
    expect(harness.warnings.join()).not.toContain('sk-hidden');
  });

  it('ends with its signal, however slow the model is', async () => {
    const asking = Promise.withResolvers<void>();
    await using harness = await SummaryHarness.open(() => {
      asking.resolve();
      return { kind: 'silent' };
    });
    await harness.save(PAGES);
    const summariser = await harness.start();
    const stop = new AbortController();
    const ended = summariser.finish(stop.signal);
    await within('a call', asking.promise);
    stop.abort();
    await within('the end', ended, 2000);
    expect(await summariser.report()).toMatchObject({ made: 0, missing: 8 });
  });
});
