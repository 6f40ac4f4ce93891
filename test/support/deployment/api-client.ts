import type { TaskView } from '../../../src/api/tasks/task-view.ts';
import type { UrlState } from '../../../src/model/frontier-url.ts';
import type { UrlReason } from '../../../src/model/reason.ts';
import { until } from '../until.ts';

const ANSWER_MS = 10_000;
const PAGE_SIZE = 500;
const ENDED: readonly string[] = ['completed', 'failed', 'cancelled'];

/** A client of the API, over HTTP. */
export class ApiClient {
  readonly origin: string;

  constructor(origin: string) {
    this.origin = origin;
  }

  /** Submits a background crawl of a whole site by plain HTTP. Returns the task's id. */
  async crawl(url: string, options: Readonly<Record<string, unknown>> = {}): Promise<string> {
    const body = {
      url,
      render: 'http',
      background: true,
      depth: 1000,
      sitemap: false,
      boards: 'all',
      ...options,
    };
    const { task_id } = await this.#call<{ readonly task_id: string }>('POST', '/api/v1/crawl', body);
    return task_id;
  }

  task(id: string): Promise<TaskView> {
    return this.#call('GET', `/api/v1/tasks/${id}`);
  }

  cancel(id: string): Promise<TaskView> {
    return this.#call('DELETE', `/api/v1/tasks/${id}`);
  }

  pause(id: string): Promise<TaskView> {
    return this.#call('POST', `/api/v1/tasks/${id}/pause`);
  }

  resume(id: string): Promise<TaskView> {
    return this.#call('POST', `/api/v1/tasks/${id}/resume`);
  }

  /** Waits until the task satisfies a condition. Retries while the API is unavailable. */
  taskWhen(label: string, id: string, isSo: (task: TaskView) => boolean, ms?: number): Promise<TaskView> {
    const look = async () => {
      const task = await this.task(id);
      return isSo(task) ? task : null;
    };
    return until(`${label}, task ${id}`, look, ms);
  }

  /** Waits for the end of the task. */
  ended(id: string, ms = 60_000): Promise<TaskView> {
    return this.taskWhen('the task ends', id, ({ status }) => ENDED.includes(status), ms);
  }

  /** URLs of the pages that the task has stored in the graph, sorted; a duplicate is listed twice. */
  async pages(id: string): Promise<readonly string[]> {
    const pages = await this.#all(`/api/v1/tasks/${id}/pages`, (page: PageList) => page.pages);
    return pages.map(({ url }) => url).sort();
  }

  ledger(id: string): Promise<readonly LedgerLine[]> {
    return this.#all(`/api/v1/tasks/${id}/ledger`, (page: Ledger) => page.urls);
  }

  /** HTTP status of `/ready`. */
  async ready(): Promise<number> {
    const { status } = await fetch(`${this.origin}/ready`, { signal: AbortSignal.timeout(ANSWER_MS) });
    return status;
  }

  async #all<A extends Listed, T>(path: string, of: (page: A) => readonly T[]): Promise<readonly T[]> {
    const all: T[] = [];
    for (let next: string | null = `${path}?limit=${PAGE_SIZE}`; next !== null; ) {
      const page: A = await this.#call('GET', next);
      all.push(...of(page));
      next = page.next;
    }
    return all;
  }

  async #call<T>(method: string, path: string, body?: object): Promise<T> {
    const response = await fetch(this.origin + path, {
      method,
      signal: AbortSignal.timeout(ANSWER_MS),
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return JSON.parse(text) as T;
  }
}

interface Listed {
  /** Path of the next page. */
  readonly next: string | null;
}

interface PageList extends Listed {
  readonly pages: readonly { readonly url: string }[];
}

interface Ledger extends Listed {
  readonly urls: readonly LedgerLine[];
}

/** A URL of the ledger, as the API returns it. */
export interface LedgerLine {
  readonly url: string;
  readonly state: UrlState;
  readonly reason: UrlReason | null;
  readonly attempts: number;
}
