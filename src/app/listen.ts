import { type ServerType, serve } from '@hono/node-server';
import { WaymarkError } from '../core/errors.ts';

type FetchHandler = (request: Request) => Response | Promise<Response>;

export interface Listening {
  /** `http://127.0.0.1:3000` */
  readonly origin: string;
  readonly port: number;
  close(): Promise<void>;
}

/** Serves an application. Port 0 selects a free one. Rejects with `port-in-use`. */
export async function listen(fetch: FetchHandler, hostname: string, port: number): Promise<Listening> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const server: ServerType = serve({ fetch, hostname, port }, (info) => resolve(info.port));
  server.once('error', (error: NodeJS.ErrnoException) => reject(listenError(error, hostname, port)));
  const bound = await promise;
  const host = hostname.includes(':') ? `[${hostname}]` : hostname;
  return { origin: `http://${host}:${bound}`, port: bound, close: () => closeServer(server) };
}

function listenError(error: NodeJS.ErrnoException, hostname: string, port: number): Error {
  if (error.code !== 'EADDRINUSE') return error;
  return new WaymarkError(
    'port-in-use',
    `Port ${port} of ${hostname} is in use. Stop the program that uses it, or set another PORT (or DEMO_PORT).`,
  );
}

/** Closes idle connections at once and waits for open responses, which the stopping signal has ended. */
async function closeServer(server: ServerType): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  server.close(() => resolve());
  if ('closeAllConnections' in server) server.closeAllConnections();
  await promise;
}
