import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

const run = promisify(execFile);
const logger = new URL('../../../src/drivers/system/logger.ts', import.meta.url).href;

describe('the logger', () => {
  it('writes JSON lines to standard error from its level up, and leaves standard output free', async () => {
    const program = `
      import { createLogger } from ${JSON.stringify(logger)};
      const log = createLogger('info');
      log.debug('too quiet');
      log.info('heard');
      log.error('broken', { code: 'internal' });`;
    const { stdout, stderr } = await run(process.execPath, ['--input-type=module', '--eval', program], {
      timeout: 10_000,
    });
    expect(stdout).toBe('');
    const lines = stderr
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines).toMatchObject([{ msg: 'heard' }, { msg: 'broken', code: 'internal' }]);
  });
});
