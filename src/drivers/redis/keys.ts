/** What every key of ours starts with, unless another name is given. */
export const DEFAULT_NAMESPACE = 'wm';

/** Head of a crawl's frontier. The braces put all keys that start with it in one slot of a cluster. */
export function crawlKey(namespace: string, crawlId: string): string {
  return `${namespace}:{${crawlId}}`;
}

/** Start of the keys of the host gate, all in one slot. */
export function gateKey(namespace: string): string {
  return `${namespace}:{gate}`;
}

/** Stream of a task's events; also the name of the channel that tells of new ones. */
export function eventsKey(namespace: string, taskId: string): string {
  return `${namespace}:{${taskId}}:events`;
}
