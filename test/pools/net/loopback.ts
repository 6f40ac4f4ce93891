import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo, Server as NetServer } from 'node:net';
import { onTestFinished } from 'vitest';

export interface Loopback {
  readonly server: Server;
  readonly port: number;
  /** `http://127.0.0.1:port`. */
  readonly origin: string;
  /** TCP connections that were ever made to it. */
  readonly connections: () => number;
}

/** A real server on a free port of 127.0.0.1, closed when the test ends. */
export async function serve(listener: RequestListener): Promise<Loopback> {
  const server = createServer(listener);
  let connections = 0;
  server.on('connection', () => {
    connections += 1;
  });
  const port = await listen(server);
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { server, port, origin: `http://127.0.0.1:${port}`, connections: () => connections };
}

/** Listens on a free port of 127.0.0.1 and returns it. */
export async function listen(server: NetServer): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject).listen(0, '127.0.0.1', resolve);
  await promise;
  return (server.address() as AddressInfo).port;
}
