import { describe, expect, it, onTestFinished } from 'vitest';
import { ExtractiveSummarizer } from '../../../pools/summaries/extractive-summarizer.ts';
import { extractSummary } from '../../../src/core/summaries/extract-summary.ts';
import type { Subject } from '../../../src/model/summary.ts';
import { within } from '../../support/within.ts';

const NEVER = new AbortController().signal;

function open(): ExtractiveSummarizer {
  const summarizer = new ExtractiveSummarizer();
  onTestFinished(() => summarizer.close());
  return summarizer;
}

function subject(text: string): Subject {
  return { id: '1', level: 'section', title: 'Tides', language: 'en', text, boilerplate: false };
}

describe('extractive summaries on a thread', () => {
  it('are those of the rules, in order, and cost no tokens', async () => {
    const texts = ['High water is at noon. Gulls cry.', 'The ferry leaves at nine. It rains.'];
    const answer = await within('the answer', open().summarise(texts.map(subject), NEVER));
    expect(answer).toEqual({ texts: texts.map((text) => extractSummary(text, 'Tides', 'en')), tokens: 0 });
  });

  it('are null where there is no text', async () => {
    const answer = await within('the answer', open().summarise([subject(''), subject('Noon.')], NEVER));
    expect(answer.texts).toEqual([null, 'Noon.']);
  });

  it('keep the main thread free', async () => {
    const summarizer = open();
    await within('the thread', summarizer.summarise([subject('Noon.')], NEVER));
    const many = Array.from({ length: 64 }, (_, n) => subject(`Sentence ${n} tells of tides. `.repeat(100)));
    let turns = 0;
    let done = false;
    const answer = summarizer.summarise(many, NEVER).finally(() => {
      done = true;
    });
    while (!done) {
      await new Promise((resolve) => setImmediate(resolve));
      turns += 1;
    }
    expect((await answer).texts).toHaveLength(64);
    expect(turns).toBeGreaterThan(5);
  });

  it('end with their signal', async () => {
    const stop = new AbortController();
    const answer = open().summarise([subject('Noon.')], stop.signal);
    stop.abort(new Error('enough'));
    await within('the end', expect(answer).rejects.toThrow());
  });
});
