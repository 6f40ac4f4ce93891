import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Handler } from './fixture-site.ts';
import { generatedSite } from './generated-site.ts';

/** A generated site that serves some pages at once, and the others after `open`. */
export class GatedSite {
  readonly #handler: Handler;
  readonly #before: number;
  readonly #reached = Promise.withResolvers<void>();
  readonly #opened = Promise.withResolvers<void>();
  #served = 0;

  /** @param before number of requests that the site serves at once. */
  constructor(pages: number, before: number) {
    this.#handler = generatedSite(pages);
    this.#before = before;
  }

  get served(): number {
    return this.#served;
  }

  /** Resolves when a request waits for `open`. */
  get reached(): Promise<void> {
    return this.#reached.promise;
  }

  open(): void {
    this.#opened.resolve();
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (this.#served >= this.#before) {
      this.#reached.resolve();
      await this.#opened.promise;
    }
    this.#served += 1;
    await this.#handler(request, response);
  }
}
