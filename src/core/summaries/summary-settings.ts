import { integer, optionalDecimal, optionalText, text } from '../setting.ts';

const HOUR = 3600;

/** Settings of summaries: a part of the one table of settings. */
export const SUMMARY_SETTINGS = {
  openaiApiKey: optionalText(
    'OPENAI_API_KEY',
    { secret: true, takes: 'visible ASCII characters without spaces', pattern: /^[!-~]+$/ },
    'Generates summaries with a model. Without it, Waymark extracts sentences from the text, by rules, on this machine.',
  ),
  openaiBaseUrl: optionalText(
    'OPENAI_BASE_URL',
    {
      takes: 'an http or https URL without user, password and query',
      pattern: /^https?:\/\/[^\s/?#@]+(?:\/[^\s?#@]*)?$/,
    },
    'Root of an OpenAI-compatible API, usually ending in /v1. Without it, the API of OpenAI is used.',
  ),
  openaiModel: text(
    'OPENAI_MODEL',
    { fallback: 'gpt-4o-mini', takes: 'the name of a model', pattern: /^[!-~]{1,200}$/ },
    'Model that generates summaries; it must support a JSON schema for its output.',
  ),
  openaiTemperature: optionalDecimal(
    'OPENAI_TEMPERATURE',
    { min: 0, max: 2 },
    'Sampling temperature of the model. Without it, the request has no temperature: some models reject one.',
  ),
  summaryLanguage: optionalText(
    'SUMMARY_LANGUAGE',
    { takes: 'a BCP 47 tag such as en, ko or pt-BR', pattern: /^[a-z]{2,3}(?:-[a-z0-9]{2,8}){0,3}$/i },
    'Language of all summaries from a model. Without it, each summary has the language of its text.',
  ),
  summaryConcurrency: integer(
    'SUMMARY_CONCURRENCY',
    { fallback: 4, min: 1, max: 64, unit: 'calls' },
    'Maximum number of concurrent model calls per crawl.',
  ),
  summaryTimeoutSeconds: integer(
    'SUMMARY_TIMEOUT_SECONDS',
    { fallback: 60, min: 1, max: HOUR, unit: 'seconds' },
    'Maximum time of one model call.',
  ),
  summaryMaxCalls: integer(
    'SUMMARY_MAX_CALLS',
    { fallback: 1000, min: 0, max: 10_000_000, unit: 'calls' },
    'Maximum number of model calls per crawl, including failed ones. A later crawl generates the missing summaries.',
  ),
  summaryMaxTokens: integer(
    'SUMMARY_MAX_TOKENS',
    { fallback: 3_000_000, min: 0, max: 100_000_000_000, unit: 'tokens' },
    'Maximum number of tokens, input and output, per crawl.',
  ),
  summaryWaitSeconds: integer(
    'SUMMARY_WAIT_SECONDS',
    { fallback: 900, min: 0, max: 24 * HOUR, unit: 'seconds' },
    'Maximum time that a crawl waits for its summaries after its last page.',
  ),
} as const;
