import type { CDPSession, Frame, Page, Request, Response } from 'playwright';
import { PageError } from '../../src/core/ledger/page-error.ts';
import { parseContentType } from '../../src/core/net/content-type.ts';

/** Kinds of request that a page may still be waiting for before it is settled. */
const AWAITED = new Set(['xhr', 'fetch', 'script', 'document']);
/** Film and sound, by their endings; pictures and fonts are switched off in the browser itself. */
const MEDIA = [
  'mp4',
  'webm',
  'm4v',
  'mov',
  'avi',
  'mkv',
  'mp3',
  'm4a',
  'ogg',
  'oga',
  'ogv',
  'wav',
  'flac',
  'aac',
  'm3u8',
];

/** The head of the main document, as far as it is known. */
export interface MainDocument {
  readonly url: string;
  readonly status: number;
  readonly mime: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** One browser tab, used for many pages one after another. Watches what the page in it loads. */
export class Tab {
  readonly page: Page;
  readonly #session: CDPSession;
  readonly #maxBytes: number;
  readonly #inFlight = new Set<Request>();
  #bytes = 0;
  #main: MainDocument | null = null;
  #requested: string | null = null;
  #mainFrameId = '';
  #mainRequestId: string | null = null;
  #broken = Promise.withResolvers<never>();
  #visits = 0;
  #spoilt = false;

  private constructor(page: Page, session: CDPSession, maxBytes: number) {
    this.page = page;
    this.#session = session;
    this.#maxBytes = maxBytes;
    page.on('request', (request) => this.#started(request));
    page.on('requestfinished', (request) => this.#inFlight.delete(request));
    page.on('requestfailed', (request) => this.#failed(request));
    page.on('response', (response) => this.#answered(response));
    session.on('Network.requestWillBeSent', ({ requestId, type, frameId }) => {
      if (type === 'Document' && frameId === this.#mainFrameId) this.#mainRequestId = requestId;
    });
    session.on('Network.dataReceived', ({ requestId, dataLength }) => {
      if (requestId === this.#mainRequestId) this.#received(dataLength);
    });
  }

  /** Readies a page of the browser for use as a tab. */
  static async prepare(
    page: Page,
    options: { readonly maxBytes: number; readonly media: boolean },
  ): Promise<Tab> {
    const session = await page.context().newCDPSession(page);
    const tab = new Tab(page, session, options.maxBytes);
    const { frameTree } = await session.send('Page.getFrameTree');
    tab.#mainFrameId = frameTree.frame.id;
    await session.send('Network.enable');
    if (!options.media) await session.send('Network.setBlockedURLs', { urls: MEDIA.flatMap(patternsOf) });
    return tab;
  }

  get main(): MainDocument | null {
    return this.#main;
  }

  /** The URL that the page was last asked for, redirects followed. */
  get requested(): string | null {
    return this.#requested;
  }

  /** Rejects with a `PageError` as soon as it is known that the document will not do: too large, or cut off. */
  get broken(): Promise<never> {
    return this.#broken.promise;
  }

  get visits(): number {
    return this.#visits;
  }

  /** A visit went wrong: a script may still run in the tab, so it is not used again. */
  get spoilt(): boolean {
    return this.#spoilt;
  }

  spoil(): void {
    this.#spoilt = true;
  }

  /** Requests that the page waits for. */
  get awaited(): number {
    return this.#inFlight.size;
  }

  /** Forgets the page before, for the next visit. */
  begin(): void {
    this.#visits += 1;
    this.#bytes = 0;
    this.#main = null;
    this.#requested = null;
    this.#mainRequestId = null;
    this.#inFlight.clear();
    this.#broken = Promise.withResolvers<never>();
    this.#broken.promise.catch(() => {});
  }

  #started(request: Request): void {
    if (isMainNavigation(request, this.page.mainFrame())) this.#requested = request.url();
    if (AWAITED.has(request.resourceType())) this.#inFlight.add(request);
  }

  #failed(request: Request): void {
    this.#inFlight.delete(request);
    const answered = this.#main !== null && !isRedirect(this.#main.status);
    if (!answered || !isMainNavigation(request, this.page.mainFrame())) return;
    const why = request.failure()?.errorText ?? 'it was cut off';
    if (why !== 'net::ERR_ABORTED')
      this.#broken.reject(new PageError('connection', why, { retryable: true }));
  }

  #answered(response: Response): void {
    if (!isMainNavigation(response.request(), this.page.mainFrame())) return;
    const headers = response.headers();
    this.#main = {
      url: response.url(),
      status: response.status(),
      mime: parseContentType(headers['content-type'] ?? null).mime,
      headers,
    };
    if (Number(headers['content-length'] ?? 0) > this.#maxBytes) this.#stopLoading();
  }

  #received(bytes: number): void {
    this.#bytes += bytes;
    if (this.#bytes > this.#maxBytes) this.#stopLoading();
  }

  #stopLoading(): void {
    this.#broken.reject(new PageError('too-large', `The document is larger than ${this.#maxBytes} bytes`));
    this.#session.send('Page.stopLoading').catch(() => {});
  }
}

function isMainNavigation(request: Request, mainFrame: Frame): boolean {
  return request.isNavigationRequest() && request.frame() === mainFrame;
}

export function isRedirect(status: number): boolean {
  return status >= 300 && status < 400;
}

function patternsOf(extension: string): readonly string[] {
  return [`*.${extension}`, `*.${extension}?*`];
}
