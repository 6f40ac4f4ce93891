import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as textOf } from 'node:stream/consumers';

/** A text in the data message of a call. */
export interface AskedText {
  readonly n: number;
  readonly kind: string;
  readonly title: string;
  readonly text: string;
}

/** One call as the client sent it. */
export interface ModelCall {
  readonly path: string | undefined;
  readonly authorization: string | undefined;
  readonly body: ModelRequest;
  readonly texts: readonly AskedText[];
}

interface ModelRequest {
  readonly model: string;
  readonly temperature?: number;
  readonly messages: readonly { readonly role: string; readonly content: string }[];
  readonly response_format?: { readonly type: string };
}

/** The server's behaviour for a call. */
export type ModelResponse =
  | { readonly kind: 'summaries'; readonly of?: (text: AskedText) => string | null }
  /** The model's message, verbatim; null with a refusal: the model refuses. */
  | {
      readonly kind: 'content';
      readonly content: string | null;
      readonly refusal?: string;
      readonly finish?: string;
    }
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly headers?: Record<string, string>;
      readonly code?: string;
    }
  /** The body of the HTTP response, verbatim. */
  | { readonly kind: 'body'; readonly body: string }
  /** The connection breaks in the middle of the response. */
  | { readonly kind: 'broken' }
  /** No response until the client disconnects. */
  | { readonly kind: 'silent' };

export type ModelBehaviour = (call: ModelCall, index: number) => ModelResponse | Promise<ModelResponse>;

/** A chat-completions API on a free loopback port that records its calls. */
export class OpenAiServer implements AsyncDisposable {
  readonly calls: ModelCall[] = [];
  /** Maximum number of concurrent calls so far. */
  mostAtOnce = 0;
  behaviour: ModelBehaviour;
  readonly #server = createServer((request, response) => {
    this.#serve(request, response).catch(() => response.destroy());
  });
  #open = 0;

  private constructor(behaviour: ModelBehaviour) {
    this.behaviour = behaviour;
  }

  /** By default every text gets a summary that names its text. */
  static async start(behaviour: ModelBehaviour = () => ({ kind: 'summaries' })): Promise<OpenAiServer> {
    const server = new OpenAiServer(behaviour);
    await new Promise<void>((resolve) => server.#server.listen(0, '127.0.0.1', resolve));
    return server;
  }

  /** For `OPENAI_BASE_URL`. */
  get baseUrl(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/v1`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.#open += 1;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.#open);
    response.once('close', () => {
      this.#open -= 1;
    });
    const body = JSON.parse(await textOf(request)) as ModelRequest;
    const { url: path, headers } = request;
    const call = { path, authorization: headers.authorization, body, texts: textsOf(body) };
    this.calls.push(call);
    send(response, call, await this.behaviour(call, this.calls.length - 1));
  }
}

/** The default summary of a text. */
export function summaryOf({ kind, text }: AskedText): string {
  return `About this ${kind}: ${text.slice(0, 40).trim()}`;
}

function textsOf({ messages }: ModelRequest): readonly AskedText[] {
  const data: unknown = JSON.parse(messages.at(-1)?.content ?? '{}');
  return (data as { readonly texts?: readonly AskedText[] }).texts ?? [];
}

function send(response: ServerResponse, call: ModelCall, reply: ModelResponse): void {
  switch (reply.kind) {
    case 'summaries':
      complete(response, call, contentOf(call, reply.of ?? summaryOf));
      return;
    case 'content':
      complete(response, call, reply.content, reply.finish, reply.refusal);
      return;
    case 'status': {
      const { status, headers = {}, code = null } = reply;
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(JSON.stringify({ error: { message: `status ${status}`, type: 'test', code } }));
      return;
    }
    case 'body':
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(reply.body);
      return;
    case 'broken':
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '5000' });
      response.write('{"id":"chatcmpl-1","object":"chat.compl', () => response.destroy());
      return;
    default:
  }
}

function contentOf({ texts }: ModelCall, of: (text: AskedText) => string | null): string {
  const summaries = texts.flatMap((text) => {
    const summary = of(text);
    return summary === null ? [] : [{ n: text.n, summary }];
  });
  return JSON.stringify({ summaries });
}

/** Counts four characters as one token, so that tests can compute the usage of a call. */
function complete(
  response: ServerResponse,
  { body }: ModelCall,
  content: string | null,
  finish = 'stop',
  refusal: string | null = null,
): void {
  const read = Math.ceil(body.messages.reduce((sum, message) => sum + message.content.length, 0) / 4);
  const written = Math.ceil((content ?? '').length / 4);
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(
    JSON.stringify({
      id: 'chatcmpl-test',
      object: 'chat.completion',
      created: 1_700_000_000,
      model: body.model,
      choices: [{ index: 0, finish_reason: finish, message: { role: 'assistant', content, refusal } }],
      usage: { prompt_tokens: read, completion_tokens: written, total_tokens: read + written },
    }),
  );
}
