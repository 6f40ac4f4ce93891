/** What every key of ours starts with, unless another name is given. */
export const DEFAULT_NAMESPACE = 'wm';

/** Head of a crawl's frontier. The braces put all keys that start with it in one slot of a cluster. */
export function crawlKey(namespace: string, crawlId: string): string {
  return `${namespace}:{${crawlId}}`;
}

/** Tracks of a crawl's paginated lists: a hash of the crawl's slot, from the pattern of a list to JSON. */
export function listTracksKey(crawl: string): string {
  return `${crawl}:boards`;
}

/** Start of the keys of the host gate, all in one slot. */
export function gateKey(namespace: string): string {
  return `${namespace}:{gate}`;
}

/** Stream of a task's events; also the name of the channel that announces new ones. */
export function eventsKey(namespace: string, taskId: string): string {
  return `${namespace}:{${taskId}}:events`;
}

/** Start of the keys of the outbox of webhooks, all in one slot. */
export function webhooksKey(namespace: string): string {
  return `${namespace}:{webhooks}`;
}

/** Start of the keys of the index of tasks, all in one slot. */
export function tasksKey(namespace: string): string {
  return `${namespace}:{tasks}`;
}

/** Start of BullMQ's keys: they must be in one slot, because its scripts touch several at once. */
export function dispatchPrefix(namespace: string): string {
  return `${namespace}:{dispatch}`;
}

/** Says which graph the crawls of this Redis are stored in. */
export function graphKey(namespace: string): string {
  return `${namespace}:{graph}`;
}
