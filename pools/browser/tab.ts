import type { CDPSession, Frame, Page, Request, Response } from 'playwright';
import { PageError } from '../../src/core/ledger/page-error.ts';
import { parseContentType } from '../../src/core/net/content-type.ts';

/** Resource types of requests whose end a page waits for. */
const AWAITED = new Set(['xhr', 'fetch', 'script', 'document']);
/** Extensions of video and audio; flags of the browser disable images and fonts. */
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

const WEB_SCHEME = /^https?:/;

/** Status and headers of the main document. */
export interface MainDocument {
  readonly url: string;
  readonly status: number;
  readonly mime: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface TabOptions {
  /** Of one document. */
  readonly maxBytes: number;
  /** Whether to load video and audio. */
  readonly media: boolean;
  /** Whether robots.txt allows a URL that a page leads to by a redirect or a script. */
  readonly mayRequest: (url: string) => Promise<boolean>;
}

/** One browser tab, reused for many pages. It observes the requests of the page in it. */
export class Tab {
  readonly page: Page;
  readonly #session: CDPSession;
  readonly #options: TabOptions;
  readonly #inFlight = new Set<Request>();
  #bytes = 0;
  #main: MainDocument | null = null;
  #requested: string | null = null;
  /** Without fragment. */
  #start = '';
  #mainFrameId = '';
  #mainRequestId: string | null = null;
  #broken = Promise.withResolvers<never>();
  #visits = 0;
  #isTainted = false;

  private constructor(page: Page, session: CDPSession, options: TabOptions) {
    this.page = page;
    this.#session = session;
    this.#options = options;
    page.on('request', (request) => this.#onRequest(request));
    page.on('requestfinished', (request) => this.#inFlight.delete(request));
    page.on('requestfailed', (request) => this.#onRequestFailed(request));
    page.on('response', (response) => this.#onResponse(response));
    session.on('Network.requestWillBeSent', ({ requestId, type, frameId }) => {
      if (type === 'Document' && frameId === this.#mainFrameId) this.#mainRequestId = requestId;
    });
    session.on('Fetch.requestPaused', (paused) => void this.#onDocumentRequest(paused));
    session.on('Network.dataReceived', ({ requestId, dataLength }) => {
      if (requestId === this.#mainRequestId) this.#onData(dataLength);
    });
  }

  /** Attaches the listeners to a page of the browser. */
  static async prepare(page: Page, options: TabOptions): Promise<Tab> {
    const session = await page.context().newCDPSession(page);
    const tab = new Tab(page, session, options);
    const { frameTree } = await session.send('Page.getFrameTree');
    tab.#mainFrameId = frameTree.frame.id;
    await session.send('Network.enable');
    await session.send('Fetch.enable', { patterns: [{ resourceType: 'Document', requestStage: 'Request' }] });
    if (!options.media) await session.send('Network.setBlockedURLs', { urls: MEDIA.flatMap(patternsOf) });
    return tab;
  }

  get main(): MainDocument | null {
    return this.#main;
  }

  /** The URL of the last navigation of the page, after redirects. */
  get requested(): string | null {
    return this.#requested;
  }

  /** Rejects with a `PageError` when the document turns out to be too large or is cut off. */
  get broken(): Promise<never> {
    return this.#broken.promise;
  }

  get visits(): number {
    return this.#visits;
  }

  /** A visit failed: a script may still run in the tab, so it is not reused. */
  get isTainted(): boolean {
    return this.#isTainted;
  }

  taint(): void {
    this.#isTainted = true;
  }

  /** Requests that the page waits for. */
  get pendingRequests(): number {
    return this.#inFlight.size;
  }

  /** Resets the tab for the next visit, which starts with a request of `url`. */
  begin(url: string): void {
    this.#start = url.split('#', 1)[0] ?? url;
    this.#visits += 1;
    this.#bytes = 0;
    this.#main = null;
    this.#requested = null;
    this.#mainRequestId = null;
    this.#inFlight.clear();
    this.#broken = Promise.withResolvers<never>();
    this.#broken.promise.catch(() => {});
  }

  /** The browser holds each request of a document, also one after a redirect, until robots.txt is checked. */
  async #onDocumentRequest({ requestId, frameId, request }: PausedRequest): Promise<void> {
    const { url } = request;
    const broken = this.#broken;
    const isAllowed = frameId !== this.#mainFrameId || url === this.#start || (await this.#mayRequest(url));
    const reply = isAllowed
      ? this.#session.send('Fetch.continueRequest', { requestId })
      : this.#session.send('Fetch.failRequest', { requestId, errorReason: 'BlockedByClient' });
    if (!isAllowed)
      broken.reject(new PageError('robots', `It leads to ${url}, which robots.txt forbids`, { target: url }));
    await reply.catch(() => {});
  }

  /** A check that fails ends with the run: then nothing more is requested. */
  async #mayRequest(url: string): Promise<boolean> {
    return !WEB_SCHEME.test(url) || (await this.#options.mayRequest(url).catch(() => false));
  }

  #onRequest(request: Request): void {
    if (isMainNavigation(request, this.page.mainFrame())) this.#requested = request.url();
    if (AWAITED.has(request.resourceType())) this.#inFlight.add(request);
  }

  #onRequestFailed(request: Request): void {
    this.#inFlight.delete(request);
    const hasResponse = this.#main !== null && !isRedirect(this.#main.status);
    if (!hasResponse || !isMainNavigation(request, this.page.mainFrame())) return;
    const message = request.failure()?.errorText ?? 'The document was cut off';
    if (message !== 'net::ERR_ABORTED')
      this.#broken.reject(new PageError('connection', message, { retryable: true }));
  }

  #onResponse(response: Response): void {
    if (!isMainNavigation(response.request(), this.page.mainFrame())) return;
    const headers = response.headers();
    this.#main = {
      url: response.url(),
      status: response.status(),
      mime: parseContentType(headers['content-type'] ?? null).mime,
      headers,
    };
    if (Number(headers['content-length'] ?? 0) > this.#options.maxBytes) this.#stopLoading();
  }

  #onData(bytes: number): void {
    this.#bytes += bytes;
    if (this.#bytes > this.#options.maxBytes) this.#stopLoading();
  }

  #stopLoading(): void {
    this.#broken.reject(
      new PageError('too-large', `The document is larger than ${this.#options.maxBytes} bytes`),
    );
    this.#session.send('Page.stopLoading').catch(() => {});
  }
}

interface PausedRequest {
  readonly requestId: string;
  readonly frameId: string;
  readonly request: { readonly url: string };
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
