import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * Ports below the ephemeral range (32768 on Linux, 49152 by IANA). Any client could take an ephemeral port between the
 * moment it is found free and the moment a server binds it, or binds it again after a kill.
 */
const FIRST = 10_240;
const LAST = 32_767;

/** Concurrent test files use disjoint slices. */
const SLICES = 16;
const SLICE = Math.floor((LAST - FIRST + 1) / SLICES);

const slice = Number(process.env['VITEST_POOL_ID'] ?? process.pid) % SLICES;
const given = new Set<number>();

/** Returns a free loopback port, each only once per process and never to two concurrent processes. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = FIRST + slice * SLICE + Math.floor(Math.random() * SLICE);
    if (given.has(port)) continue;
    given.add(port);
    if (await isFree(port)) return port;
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  const listening = once(server, 'listening');
  server.listen(port, '127.0.0.1');
  try {
    await listening;
  } catch {
    return false;
  }
  server.close();
  await once(server, 'close');
  return true;
}
