import { connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { PageError } from '../../src/core/ledger/page-error.ts';
import type { GuardedLookup } from '../net/guarded-lookup.ts';
import { portOf } from './proxy-failures.ts';

const CONNECT_TIMEOUT_MS = 10_000;

/** Connects to the target of a CONNECT. Rejects with a system error, an `AddressRefusedError` or a `PageError`. */
export async function connectTo(target: URL, lookup: GuardedLookup): Promise<Socket> {
  const { hostname } = target;
  const port = portOf(target);
  await lookup.resolve(hostname, port);
  const socket = connect({
    host: hostname.replace(/^\[|\]$/g, ''),
    port,
    lookup: lookup.lookupFor(hostname, port),
    noDelay: true,
  });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  socket.once('connect', resolve).on('error', reject);
  socket.setTimeout(CONNECT_TIMEOUT_MS, () => {
    const message = `No connection within ${CONNECT_TIMEOUT_MS} ms`;
    socket.destroy(new PageError('timeout', message, { retryable: true }));
  });
  await promise;
  socket.setTimeout(0);
  return socket;
}

/** Copies bytes both ways until both sides have ended or one has failed. */
export async function join(client: Duplex, head: Buffer, socket: Socket): Promise<void> {
  client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
  if (head.length > 0) socket.write(head);
  await Promise.allSettled([pipeline(client, socket), pipeline(socket, client)]);
}
