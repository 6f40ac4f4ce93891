import { describe, expect, it } from 'vitest';
import { SummaryError } from '../../../src/core/summaries/summary-error.ts';
import type { OpenAiOptions } from '../../../src/drivers/openai/chat-model.ts';
import { OpenAiSummarizer } from '../../../src/drivers/openai/openai-summarizer.ts';
import { systemClock } from '../../../src/drivers/system/clock.ts';
import type { Subject } from '../../../src/model/summary.ts';
import { type ModelResponse, OpenAiServer } from '../../support/openai-server.ts';
import { within } from '../../support/within.ts';

const NEVER = new AbortController().signal;
const SUBJECTS = ['High water at noon.', 'It leaves at nine.'].map(
  (text, index): Subject => ({
    id: String(index),
    level: 'section',
    title: `Title ${index}`,
    language: 'en',
    text,
    boilerplate: false,
  }),
);

function summarizerOf({ baseUrl }: OpenAiServer, options: Partial<OpenAiOptions> = {}): OpenAiSummarizer {
  return new OpenAiSummarizer(
    {
      apiKey: 'sk-hidden',
      baseUrl,
      model: 'test-model',
      temperature: null,
      language: null,
      timeoutMs: 10_000,
      ...options,
    },
    systemClock,
  );
}

async function failureOf(answer: ModelResponse, options: Partial<OpenAiOptions> = {}): Promise<SummaryError> {
  await using server = await OpenAiServer.start(() => answer);
  const call = summarizerOf(server, options).summarise(SUBJECTS, NEVER);
  const error: unknown = await within(
    'the call',
    call.catch((reason: unknown) => reason),
  );
  expect(server.calls).toHaveLength(1);
  if (error instanceof SummaryError) return error;
  throw new Error(`the call should fail, but: ${JSON.stringify(error)}`);
}

describe('summaries by a model', () => {
  it('come from one structured call for several texts', async () => {
    await using server = await OpenAiServer.start();
    const summarizer = summarizerOf(server, { temperature: 0.3, language: 'ko' });
    const { texts, tokens } = await summarizer.summarise(SUBJECTS, NEVER);
    expect(texts).toEqual([
      'About this section: High water at noon.',
      'About this section: It leaves at nine.',
    ]);
    expect(tokens).toBeGreaterThan(100);
    expect(server.calls).toHaveLength(1);
    const [call] = server.calls;
    expect(call?.path).toBe('/v1/chat/completions');
    expect(call?.authorization).toBe('Bearer sk-hidden');
    expect(call?.body).toMatchObject({
      model: 'test-model',
      temperature: 0.3,
      max_tokens: 8000,
      response_format: { type: 'json_schema', json_schema: { name: 'summaries', strict: true } },
      messages: [{ role: 'system', content: expect.stringContaining('BCP 47 tag ko') }, { role: 'user' }],
    });
    expect(call?.texts.map(({ title, text }) => [title, text])).toEqual([
      ['Title 0', 'High water at noon.'],
      ['Title 1', 'It leaves at nine.'],
    ]);
  });

  it('are requested in the strictest format that the server accepts, which is found out once', async () => {
    const formats = ['json_schema', 'json_object', 'none'];
    for (const [index, taken] of formats.entries()) {
      await using server = await OpenAiServer.start(({ body }) =>
        (body.response_format?.type ?? 'none') === taken
          ? { kind: 'summaries' }
          : { kind: 'status', status: index === 1 ? 422 : 400 },
      );
      const summarizer = summarizerOf(server);
      for (let call = 0; call < 2; call += 1) {
        const { texts } = await summarizer.summarise(SUBJECTS, NEVER);
        expect(texts[0]).toBe('About this section: High water at noon.');
      }
      const asked = server.calls.map(({ body }) => body.response_format?.type ?? 'none');
      expect(asked).toEqual([...formats.slice(0, index + 1), taken]);
    }
  });

  it('are not taken from a server that refuses every format', async () => {
    await using server = await OpenAiServer.start(() => ({ kind: 'status', status: 400 }));
    const failure = { failure: 'unusable', message: "the model's server answered 400" };
    await expect(summarizerOf(server).summarise(SUBJECTS, NEVER)).rejects.toMatchObject(failure);
    expect(server.calls).toHaveLength(3);
  });

  it('are requested in no other format once one was accepted', async () => {
    await using server = await OpenAiServer.start((_, index) =>
      index === 0 ? { kind: 'summaries' } : { kind: 'status', status: 400 },
    );
    const summarizer = summarizerOf(server);
    await summarizer.summarise(SUBJECTS, NEVER);
    await expect(summarizer.summarise(SUBJECTS, NEVER)).rejects.toMatchObject({ failure: 'unusable' });
    expect(server.calls).toHaveLength(2);
  });

  it('set no temperature unless configured', async () => {
    await using server = await OpenAiServer.start();
    await summarizerOf(server).summarise(SUBJECTS, NEVER);
    expect(server.calls[0]?.body).not.toHaveProperty('temperature');
  });

  it('are of another variant by another model, temperature or language', async () => {
    await using server = await OpenAiServer.start();
    const variants = [{}, { model: 'other' }, { temperature: 0 }, { language: 'en' }].map(
      (options) => summarizerOf(server, options).variant,
    );
    expect(new Set(variants).size).toBe(4);
    expect(summarizerOf(server).variant).toBe(variants[0]);
  });

  it.each<readonly [string, ModelResponse]>([
    ['is of another shape', { kind: 'content', content: '[]' }],
    ['refuses', { kind: 'content', content: null, refusal: 'I cannot help with that.' }],
  ])('are null where the answer %s', async (_, answer) => {
    await using server = await OpenAiServer.start(() => answer);
    const { texts, tokens } = await summarizerOf(server).summarise(SUBJECTS, NEVER);
    expect(texts).toEqual([null, null]);
    expect(tokens).toBeGreaterThan(0);
  });

  it.each<readonly [string, ModelResponse]>([
    ['in words', { kind: 'content', content: 'Here you are: tides.' }],
    ['that is empty', { kind: 'content', content: '' }],
    ['that ended at its length', { kind: 'content', content: '{"summaries":[', finish: 'length' }],
    ['that was filtered', { kind: 'content', content: '{"summaries":[]}', finish: 'content_filter' }],
    ['without a choice', { kind: 'body', body: '{"id":"x","choices":[]}' }],
    ['of another API', { kind: 'body', body: '{}' }],
    ['that is no JSON', { kind: 'body', body: '<html>' }],
    ['that has no end', { kind: 'body', body: `{"a":"${'x'.repeat(3 * 1024 * 1024)}"}` }],
  ])('are not taken from an answer %s', async (_, answer) => {
    expect(await failureOf(answer)).toMatchObject({ failure: 'unusable', retryAt: null });
  });

  it.each<readonly [string, ModelResponse]>([
    ['429', { kind: 'status', status: 429 }],
    ['500', { kind: 'status', status: 500 }],
    ['503', { kind: 'status', status: 503 }],
    ['breaks off', { kind: 'broken' }],
  ])('may come later where the server answers %s', async (_, answer) => {
    expect(await failureOf(answer)).toMatchObject({ failure: 'busy', retryAt: null });
  });

  it('may come later where nobody listens', async () => {
    const server = await OpenAiServer.start();
    const summarizer = summarizerOf(server);
    await server[Symbol.asyncDispose]();
    await expect(summarizer.summarise(SUBJECTS, NEVER)).rejects.toMatchObject({ failure: 'busy' });
  });

  it('may come later if the response takes too long', async () => {
    expect(await failureOf({ kind: 'silent' }, { timeoutMs: 100 })).toMatchObject({
      failure: 'busy',
      message: 'the model did not answer in time',
    });
  });

  it.each([
    [{ 'retry-after': '7' }, 7000],
    [{ 'retry-after-ms': '1500', 'retry-after': '7' }, 1500],
  ])('are asked for again when the server says: %j', async (headers, ms) => {
    const before = Date.now();
    const { retryAt } = await failureOf({ kind: 'status', status: 429, headers });
    expect(retryAt).toBeGreaterThanOrEqual(before + ms);
    expect(retryAt).toBeLessThanOrEqual(Date.now() + ms);
  });

  it('are requested again at the date that the server names', async () => {
    const headers = { 'retry-after': 'Fri, 01 Jan 2100 00:00:00 GMT' };
    const { retryAt } = await failureOf({ kind: 'status', status: 503, headers });
    expect(retryAt).toBe(Date.UTC(2100, 0, 1));
  });

  it.each<readonly [string, ModelResponse]>([
    ['401', { kind: 'status', status: 401 }],
    ['404', { kind: 'status', status: 404 }],
    ['429 for want of money', { kind: 'status', status: 429, code: 'insufficient_quota' }],
  ])('will never come where the server answers %s', async (_, answer) => {
    const error = await failureOf(answer);
    expect(error.failure).toBe('hopeless');
    expect(`${error.message} ${JSON.stringify(error)}`).not.toContain('sk-hidden');
  });

  it('follow no redirect, which would take the key elsewhere', async () => {
    await using other = await OpenAiServer.start();
    const location = `${other.baseUrl}/chat/completions`;
    await using server = await OpenAiServer.start(() => ({
      kind: 'status',
      status: 307,
      headers: { location },
    }));
    await expect(summarizerOf(server).summarise(SUBJECTS, NEVER)).rejects.toBeInstanceOf(SummaryError);
    expect(other.calls).toEqual([]);
  });

  it('end with the signal', async () => {
    const asked = Promise.withResolvers<void>();
    await using server = await OpenAiServer.start(() => {
      asked.resolve();
      return { kind: 'silent' };
    });
    const stop = new AbortController();
    const call = summarizerOf(server).summarise(SUBJECTS, stop.signal);
    await within('the call at the server', asked.promise);
    stop.abort(new Error('enough'));
    await within('the end of the call', expect(call).rejects.toThrow('enough'));
  });
});
