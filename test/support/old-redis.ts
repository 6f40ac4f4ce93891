import { once } from 'node:events';
import { type AddressInfo, createConnection, createServer, type Socket } from 'node:net';

/**
 * A proxy for a real Redis that reports version 6, because old Redis packages are hard to get. Closes when it goes out of
 * scope.
 */
export class OldRedis implements AsyncDisposable {
  readonly #sockets = new Set<Socket>();
  readonly #server;

  private constructor(port: number) {
    this.#server = createServer((client) => this.#passOn(client, port));
  }

  /** @param port of the real Redis. */
  static async start(port: number): Promise<OldRedis> {
    const aged = new OldRedis(port);
    aged.#server.listen(0, '127.0.0.1');
    await once(aged.#server, 'listening');
    return aged;
  }

  get url(): string {
    return `redis://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #passOn(client: Socket, port: number): void {
    const redis = createConnection(port, '127.0.0.1');
    for (const socket of [client, redis]) {
      this.#sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        client.destroy();
        redis.destroy();
      });
    }
    client.pipe(redis);
    redis.setEncoding('latin1').on('data', (text: string) => {
      client.write(text.replace(/(redis_version:)\d/, '$16'), 'latin1');
    });
  }
}
