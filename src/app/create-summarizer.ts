import { ExtractiveSummarizer } from '../../pools/summaries/extractive-summarizer.ts';
import type { Settings } from '../core/settings.ts';
import { OpenAiSummarizer } from '../drivers/openai/openai-summarizer.ts';
import type { Clock } from '../ports/clock.ts';
import type { Summarizer } from '../ports/summarizer.ts';

/** A model where there is a key for one, else the rules of our own. */
export function createSummarizer(settings: Settings, clock: Clock): Summarizer {
  const { openaiApiKey: apiKey, openaiBaseUrl, openaiModel, openaiTemperature } = settings;
  if (apiKey === null) return new ExtractiveSummarizer();
  return new OpenAiSummarizer(
    {
      apiKey,
      baseUrl: openaiBaseUrl,
      model: openaiModel,
      temperature: openaiTemperature,
      language: settings.summaryLanguage,
      timeoutMs: settings.summaryTimeoutSeconds * 1000,
    },
    clock,
  );
}
