import { integer, optionalDecimal, optionalText, text } from '../setting.ts';

const HOUR = 3600;

/** Settings of summaries: a part of the one table of settings. */
export const SUMMARY_SETTINGS = {
  openaiApiKey: optionalText({
    env: 'OPENAI_API_KEY',
    secret: true,
    takes: 'visible ASCII characters without spaces',
    pattern: /^[!-~]+$/,
    help: 'Has summaries made by a model. Without it they are sentences picked from the text, by rules, on this machine.',
  }),
  openaiBaseUrl: optionalText({
    env: 'OPENAI_BASE_URL',
    takes: 'an http or https URL without user, password and query',
    pattern: /^https?:\/\/[^\s/?#@]+(?:\/[^\s?#@]*)?$/,
    help: 'The root of an OpenAI-compatible API, mostly with /v1 at its end. Without it: that of OpenAI.',
  }),
  openaiModel: text({
    env: 'OPENAI_MODEL',
    fallback: 'gpt-4o-mini',
    takes: 'the name of a model',
    pattern: /^[!-~]{1,200}$/,
    help: 'The model that makes summaries; one that takes a JSON schema for its answer.',
  }),
  openaiTemperature: optionalDecimal({
    env: 'OPENAI_TEMPERATURE',
    min: 0,
    max: 2,
    help: 'How freely the model words things. Without it, nothing is asked for: some models take none.',
  }),
  summaryLanguage: optionalText({
    env: 'SUMMARY_LANGUAGE',
    takes: 'a BCP 47 tag such as en, ko or pt-BR',
    pattern: /^[a-z]{2,3}(?:-[a-z0-9]{2,8}){0,3}$/i,
    help: 'The language of all summaries by a model. Without it, each is in the language of its text.',
  }),
  summaryConcurrency: integer({
    env: 'SUMMARY_CONCURRENCY',
    fallback: 4,
    min: 1,
    max: 64,
    unit: 'calls',
    help: 'Calls to the model open at once, for each crawl.',
  }),
  summaryTimeoutSeconds: integer({
    env: 'SUMMARY_TIMEOUT_SECONDS',
    fallback: 60,
    min: 1,
    max: HOUR,
    unit: 'seconds',
    help: 'Time that one call to the model may take.',
  }),
  summaryMaxCalls: integer({
    env: 'SUMMARY_MAX_CALLS',
    fallback: 1000,
    min: 0,
    max: 10_000_000,
    unit: 'calls',
    help: 'Calls to the model that one crawl may make, failed ones too. What is not summarised then is left for a later crawl.',
  }),
  summaryMaxTokens: integer({
    env: 'SUMMARY_MAX_TOKENS',
    fallback: 3_000_000,
    min: 0,
    max: 100_000_000_000,
    unit: 'tokens',
    help: 'Tokens, read and written, that one crawl may use.',
  }),
  summaryWaitSeconds: integer({
    env: 'SUMMARY_WAIT_SECONDS',
    fallback: 900,
    min: 0,
    max: 24 * HOUR,
    unit: 'seconds',
    help: 'Time that a crawl waits for its summaries after its last page.',
  }),
} as const;
