import { describe, expect, it } from 'vitest';
import { WaymarkError } from '../../src/core/errors.ts';
import type { Setting } from '../../src/core/setting.ts';
import { parseSettings, SETTINGS, type SettingSource } from '../../src/core/settings.ts';

function problemOf(source: SettingSource): string {
  try {
    parseSettings(source);
  } catch (error) {
    if (error instanceof WaymarkError && error.code === 'bad-setting') return error.message;
    throw error;
  }
  throw new Error('the settings were accepted');
}

describe('settings', () => {
  it('fall back to their defaults', () => {
    expect(parseSettings({})).toMatchObject({
      host: '127.0.0.1',
      port: 3000,
      storageDir: 'storage',
      apiToken: null,
      chromiumPath: null,
      allowedPrivateHosts: [],
      maxPageBytes: 10_485_760,
    });
  });

  it('are read from their variables', () => {
    const settings = parseSettings({
      PORT: '0',
      LOG_LEVEL: 'warn',
      CHROMIUM_PATH: '/opt/a browser/chrome',
      ALLOWED_PRIVATE_HOSTS: 'localhost:3001, [::1]',
      UNKNOWN: 'left alone',
    });
    expect(settings).toMatchObject({
      port: 0,
      logLevel: 'warn',
      chromiumPath: '/opt/a browser/chrome',
      allowedPrivateHosts: ['localhost:3001', '[::1]'],
    });
    expect(settings).not.toHaveProperty('UNKNOWN');
  });

  it('take an empty text as not set', () => {
    expect(parseSettings({ PORT: '', API_TOKEN: '  ', REDIS_URL: '' })).toMatchObject({
      port: 3000,
      apiToken: null,
    });
  });

  it('cannot be changed', () => {
    const settings = parseSettings({ ALLOWED_PRIVATE_HOSTS: 'localhost' });
    expect(Object.isFrozen(settings)).toBe(true);
    expect(Object.isFrozen(settings.allowedPrivateHosts)).toBe(true);
  });

  it('have a default that is a value they take', () => {
    for (const { env, fallback, schema } of Object.values<Setting<unknown>>(SETTINGS)) {
      if (fallback === null || Array.isArray(fallback)) continue;
      expect(schema.safeParse(String(fallback)), env).toMatchObject({ success: true, data: fallback });
    }
  });

  it('have names of their own', () => {
    const settings = Object.values<Setting<unknown>>(SETTINGS);
    const flags = settings.flatMap(({ flag }) => (flag === null ? [] : [flag]));
    expect(new Set(settings.map(({ env }) => env)).size).toBe(settings.length);
    expect(new Set(flags).size).toBe(flags.length);
  });
});

describe('bad settings', () => {
  it('are all named at once, each with what it takes', () => {
    const problem = problemOf({ PORT: '70000', LOG_LEVEL: 'loud', MAX_RETRIES: '-1' });
    expect(problem).toContain('PORT: must be a whole number from 0 to 65535, not "70000"');
    expect(problem).toContain('LOG_LEVEL: must be one of debug, info, warn, error, silent, not "loud"');
    expect(problem).toContain('MAX_RETRIES: must be a whole number from 0 to 10, not "-1"');
  });

  it.each(['1e3', '0x10', '1.5', ' 1 2', '١', 'NaN', '9'.repeat(400)])('refuse %j as a number', (value) => {
    expect(problemOf({ PORT: value })).toContain('PORT');
  });

  it('name each entry of a list that is wrong', () => {
    const problem = problemOf({ ALLOWED_PRIVATE_HOSTS: 'http://a,b,*.c' });
    expect(problem).toContain('"http://a" is not a host');
    expect(problem).toContain('"*.c" has a wildcard');
  });

  it('never show a secret', () => {
    expect(problemOf({ API_TOKEN: 'hunter two' })).toMatch(/^API_TOKEN: must be visible ASCII characters/);
    expect(problemOf({ API_TOKEN: 'hunter two' })).not.toContain('hunter');
    expect(problemOf({ REDIS_URL: 'rediss:me:hunter@host' })).not.toContain('hunter');
  });

  it('keep name and password out of NEO4J_URL', () => {
    const problem = problemOf({ NEO4J_URL: 'http://neo4j:hunter@host:7687' });
    expect(problem).toMatch(/^NEO4J_URL: must be a bolt:\/\/ or neo4j:\/\/ URL/);
    expect(problem).not.toContain('hunter');
    expect(problemOf({ NEO4J_URL: 'bolt://neo4j:hunter@host' })).toMatch(/^NEO4J_URL: must be/);
    expect(parseSettings({ NEO4J_URL: 'neo4j+s://host' }).neo4jUrl).toBe('neo4j+s://host');
  });

  it('cut a long value short', () => {
    expect(problemOf({ LOG_LEVEL: 'x'.repeat(10_000) }).length).toBeLessThan(200);
  });
});

describe('a host that others can reach', () => {
  it.each(['0.0.0.0', '::', '192.168.1.5', 'example.com', '127.0.0.1.example.com'])(
    'needs a token: %s',
    (host) => {
      expect(problemOf({ HOST: host })).toMatch(/^HOST: .*API_TOKEN/);
      expect(parseSettings({ HOST: host, API_TOKEN: 'abc' }).host).toBe(host);
    },
  );

  it.each(['localhost', '127.0.0.1', '127.1.2.3', '::1'])('does not include %s', (host) => {
    expect(parseSettings({ HOST: host }).host).toBe(host);
  });

  it.each(['127.0.0.1:80', 'http://localhost', 'a b', '[::1]', '[::1]:80'])('is not written %j', (host) => {
    expect(problemOf({ HOST: host, API_TOKEN: 'abc' })).toContain('HOST: must be a host name');
  });
});

describe('the pages of a crawl', () => {
  it('may not be set above what callers may request', () => {
    expect(problemOf({ MAX_PAGES: '200000' })).toContain('MAX_PAGES_LIMIT');
    expect(parseSettings({ MAX_PAGES: '200000', MAX_PAGES_LIMIT: '200000' }).maxPages).toBe(200_000);
  });

  it('may be limited without setting the default too', () => {
    expect(parseSettings({ MAX_PAGES_LIMIT: '50' }).maxPagesLimit).toBe(50);
  });
});

describe('a Redis', () => {
  it.each(['redis://localhost', 'redis://:p%40ss@10.0.0.1:6380/2', 'rediss://me:secret@cache.example:6379'])(
    'is named by %j',
    (url) => {
      expect(parseSettings({ REDIS_URL: url }).redisUrl).toBe(url);
    },
  );

  it.each(['localhost:6379', 'http://hunter@host', 'redis://', 'redis:///2', 'redis://a hunter'])(
    'is not named by %j, which is not shown',
    (url) => {
      expect(problemOf({ REDIS_URL: url })).toMatch(/^REDIS_URL: must be a URL like redis:/);
      expect(problemOf({ REDIS_URL: url })).not.toContain('hunter');
    },
  );

  it('is needed by a service that leaves its tasks to others', () => {
    expect(problemOf({ SERVE_WORKERS: '0' })).toMatch(/^SERVE_WORKERS: .*REDIS_URL/);
    expect(parseSettings({ SERVE_WORKERS: '0', REDIS_URL: 'redis://localhost' }).serveWorkers).toBe(0);
  });
});

describe('a model for summaries', () => {
  it('is reached by its settings', () => {
    const settings = parseSettings({
      OPENAI_API_KEY: 'sk-1',
      OPENAI_BASE_URL: 'http://127.0.0.1:11434/v1',
      OPENAI_TEMPERATURE: '0.25',
      SUMMARY_LANGUAGE: 'pt-BR',
    });
    expect(settings).toMatchObject({
      openaiApiKey: 'sk-1',
      openaiBaseUrl: 'http://127.0.0.1:11434/v1',
      openaiTemperature: 0.25,
      summaryLanguage: 'pt-BR',
    });
    expect(parseSettings({})).toMatchObject({ openaiApiKey: null, openaiTemperature: null });
  });

  it.each(['-1', '2.1', '1e1', '.5', 'NaN', '1,5'])('has no temperature of %j', (temperature) => {
    expect(problemOf({ OPENAI_TEMPERATURE: temperature })).toMatch(
      /^OPENAI_TEMPERATURE: must be a number from 0 to 2/,
    );
  });

  it.each(['127.0.0.1:11434', 'ftp://host/v1', 'http://user:hunter@host/v1', 'http://host/v1?key=x'])(
    'is not at %j',
    (url) => {
      expect(problemOf({ OPENAI_API_KEY: 'x', OPENAI_BASE_URL: url })).toMatch(
        /^OPENAI_BASE_URL: must be an http/,
      );
    },
  );

  it('is not left unused for want of a key', () => {
    expect(problemOf({ OPENAI_BASE_URL: 'http://127.0.0.1:11434/v1' })).toMatch(
      /^OPENAI_BASE_URL: .*OPENAI_API_KEY/,
    );
  });

  it('has a key that is not shown', () => {
    expect(problemOf({ OPENAI_API_KEY: 'sk hunter' })).not.toContain('hunter');
  });
});
