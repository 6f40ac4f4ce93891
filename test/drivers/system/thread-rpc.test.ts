import { describe, expect, it } from 'vitest';
import { ServiceThread } from '../../../src/drivers/system/thread-rpc.ts';
import { within } from '../../support/within.ts';
import type { EchoServices } from './echo-thread.ts';

const file = new URL('./echo-thread.ts', import.meta.url);

function open(workerData: string | null = null): Promise<ServiceThread<EchoServices>> {
  const messages = { stopped: 'The thread has stopped.', closed: 'The thread is closed.' };
  return within('the thread opens', ServiceThread.open<EchoServices>(file, { workerData, ...messages }));
}

describe('ServiceThread', () => {
  it('resolves calls with what the services return or resolve to, in any order', async () => {
    const thread = await open();
    const echo = thread.service('echo');
    const held = echo.hold();
    await expect(echo.now('a')).resolves.toBe('a');
    await expect(echo.later('b')).resolves.toBe('b');
    await echo.unhold('c');
    await expect(held).resolves.toBe('c');
    await thread.close();
  });

  it('carries the codes of errors over', async () => {
    const thread = await open();
    const echo = thread.service('echo');
    await expect(echo.fail()).rejects.toMatchObject({ code: 'bad-cursor', message: 'no such page' });
    await expect(echo.break()).rejects.toMatchObject({ code: 'storage-failed', message: 'a bug' });
    await expect(echo.uncloneable()).rejects.toMatchObject({ code: 'storage-failed' });
    await expect(echo.now('still there')).resolves.toBe('still there');
    await thread.close();
  });

  it('rejects with the error that prevents the thread from serving', async () => {
    await expect(open('refuse')).rejects.toMatchObject({ code: 'bad-setting', message: 'not like this' });
  });

  it('finishes running calls when it closes, and takes no more', async () => {
    const thread = await open();
    const echo = thread.service('echo');
    const running = echo.later('a');
    const closed = thread.close();
    await expect(echo.now('b')).rejects.toMatchObject({
      code: 'storage-failed',
      message: 'The thread is closed.',
    });
    await expect(running).resolves.toBe('a');
    await within('the thread closes', closed);
    await within('closing again does nothing', thread.close());
  });

  it('rejects running calls that do not finish in time when it closes', async () => {
    const thread = await open();
    const held = expect(thread.service('echo').hold()).rejects.toMatchObject({ code: 'storage-failed' });
    await within('the thread closes', thread.close());
    await held;
  });

  it('rejects all calls once the thread has stopped', async () => {
    const thread = await open();
    const echo = thread.service('echo');
    const stopped = { code: 'storage-failed', message: 'The thread has stopped.' };
    const held = expect(echo.hold()).rejects.toMatchObject(stopped);
    await expect(echo.exit()).rejects.toMatchObject(stopped);
    await held;
    await expect(echo.now('a')).rejects.toMatchObject(stopped);
  });

  it('has services that a promise may resolve to', async () => {
    const thread = await open();
    const echo = await within('the service', Promise.resolve(thread.service('echo')));
    await expect(echo.now('a')).resolves.toBe('a');
    await thread.close();
  });
});
