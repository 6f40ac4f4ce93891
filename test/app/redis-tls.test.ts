import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { withOwnRedis } from '../drivers/redis/redis-under-test.ts';
import { CERTIFICATE, PRIVATE_KEY } from '../pools/http/certificate.ts';
import { freePort } from '../support/free-port.ts';
import { RedisServer } from '../support/redis-server.ts';
import { tempDir } from '../support/temp-dir.ts';
import { WaymarkCommand } from '../support/waymark-command.ts';
import { within } from '../support/within.ts';

const MINUTE = 60_000;

interface TlsRedis extends AsyncDisposable {
  /** `rediss://` */
  readonly url: string;
  readonly certificateFile: string;
  readonly folder: string;
}

/** A Redis whose certificate nobody has signed but itself; null, with the reason printed, where it cannot speak TLS. */
async function startTlsRedis(): Promise<TlsRedis | null> {
  await using owned = new AsyncDisposableStack();
  const folder = owned.use(await tempDir());
  const [certificateFile, keyFile] = [join(folder.path, 'cert.pem'), join(folder.path, 'key.pem')];
  await writeFile(certificateFile, CERTIFICATE);
  await writeFile(keyFile, PRIVATE_KEY);
  const port = await freePort();
  const settings = {
    'tls-port': String(port),
    'tls-cert-file': certificateFile,
    'tls-key-file': keyFile,
    'tls-auth-clients': 'no',
  };
  const server = await RedisServer.start(settings).catch((error: Error) => error);
  if (server instanceof Error) {
    process.stderr.write(`skipped Redis over TLS: this redis-server does not speak it (${server.message})\n`);
    return null;
  }
  owned.use(server);
  const all = owned.move();
  return {
    url: `rediss://127.0.0.1:${port}`,
    certificateFile,
    folder: folder.path,
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

await withOwnRedis('Redis over TLS', () => {
  describe('Redis over TLS', { timeout: MINUTE }, () => {
    it('is used if its certificate is trusted, and refused if it is not', async (context) => {
      await using redis = await startTlsRedis();
      if (redis === null) return context.skip();
      const settings = { REDIS_URL: redis.url, STORAGE_DIR: redis.folder };
      await using trusting = new WaymarkCommand(['worker'], {
        ...settings,
        NODE_EXTRA_CA_CERTS: redis.certificateFile,
      });
      await trusting.waitForLines(/^worker ready/);
      await using doubting = new WaymarkCommand(['worker'], settings);
      const { code, stderr } = await within('it ends', doubting.ended, MINUTE);
      expect(code).toBe(1);
      expect(stderr).toMatch(/^waymark: redis-unreachable: rediss:.* self-signed certificate/m);
    });
  });
});
