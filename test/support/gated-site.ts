import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Handler } from './fixture-site.ts';
import { generatedSite } from './generated-site.ts';

/** A generated site that serves some pages, and the others once it is opened. */
export class GatedSite {
  readonly #handler: Handler;
  readonly #before: number;
  readonly #reached = Promise.withResolvers<void>();
  readonly #opened = Promise.withResolvers<void>();
  #served = 0;

  /** @param before requests that are answered at once. */
  constructor(pages: number, before: number) {
    this.#handler = generatedSite(pages);
    this.#before = before;
  }

  get served(): number {
    return this.#served;
  }

  /** Settles when a request waits for the site to be opened. */
  get reached(): Promise<void> {
    return this.#reached.promise;
  }

  open(): void {
    this.#opened.resolve();
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (this.#served >= this.#before) {
      this.#reached.resolve();
      await this.#opened.promise;
    }
    this.#served += 1;
    await this.#handler(request, response);
  }
}
