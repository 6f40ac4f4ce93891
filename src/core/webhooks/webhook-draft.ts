import type { TaskEvent } from '../../model/task.ts';
import type { WebhookEvent } from '../../model/webhook.ts';

/** Maximum number of pages in one message. */
const PAGES_PER_MESSAGE = 100;

/** The content of the next message. */
export interface WebhookDraft {
  readonly type: WebhookEvent;
  /** Of a page message all its pages, otherwise one event. */
  readonly events: readonly TaskEvent[];
  /** Events before these have expired. */
  readonly gap: boolean;
  /** Id of the last event. */
  readonly until: string;
}

/** The next message, or the id up to which there is none; null if nothing could be looked at. */
export type DraftStep =
  | { readonly kind: 'message'; readonly draft: WebhookDraft }
  | { readonly kind: 'nothing'; readonly after: string | null };

/**
 * Reads the next message off a task's events, oldest first. Pages that follow each other make one message, up to `until`
 * if that is given: so a message that was begun is the same when it is sent again. How a task ended is no event here; its
 * record says it.
 */
export function nextDraft(
  events: readonly TaskEvent[],
  wanted: readonly WebhookEvent[],
  until: string | null,
): DraftStep {
  const last = until === null ? Number.POSITIVE_INFINITY : Number(until);
  const pages: TaskEvent[] = [];
  let gap = false;
  let seen: string | null = null;
  for (const event of events) {
    if (Number(event.id) > last || pages.length === PAGES_PER_MESSAGE) break;
    seen = event.id;
    gap ||= event.type === 'gap' && pages.length === 0;
    const type = kindOf(event);
    if (type === null || !wanted.includes(type)) continue;
    if (type === 'page') pages.push(event);
    else if (pages.length > 0) break;
    else return { kind: 'message', draft: { type, events: [event], gap: false, until: event.id } };
  }
  const newest = pages.at(-1);
  if (newest === undefined) return { kind: 'nothing', after: seen };
  return { kind: 'message', draft: { type: 'page', events: pages, gap, until: newest.id } };
}

function kindOf({ type, data }: TaskEvent): 'page' | 'started' | null {
  if (type === 'page') return 'page';
  return type === 'status' && data['status'] === 'in_progress' ? 'started' : null;
}
