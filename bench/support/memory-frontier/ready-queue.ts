import type { UrlEntry } from './url-entry.ts';

interface Place {
  readonly entry: UrlEntry;
  /** The entry's version when it was enqueued; the item is stale if the entry has another one now. */
  readonly depth: number;
}

/** Claimable URLs of one host, the shallowest first: a heap that skips stale items. */
export class ReadyQueue {
  readonly #heap: Place[] = [];

  push(entry: UrlEntry): void {
    const heap = this.#heap;
    const place = { entry, depth: entry.depth };
    let at = heap.push(place) - 1;
    while (at > 0) {
      const above = (at - 1) >> 1;
      const parent = heap[above];
      if (parent === undefined || isBefore(parent, place)) break;
      heap[at] = parent;
      at = above;
    }
    heap[at] = place;
  }

  first(): UrlEntry | null {
    for (let top = this.#heap[0]; top !== undefined; top = this.#heap[0]) {
      if (top.entry.state === 'ready' && top.entry.depth === top.depth) return top.entry;
      this.#removeTop();
    }
    return null;
  }

  #removeTop(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    let at = 0;
    for (;;) {
      const [left, right] = [heap[2 * at + 1], heap[2 * at + 2]];
      if (left === undefined) break;
      const isRight = right !== undefined && isBefore(right, left);
      const child = isRight ? right : left;
      if (isBefore(last, child)) break;
      heap[at] = child;
      at = 2 * at + (isRight ? 2 : 1);
    }
    heap[at] = last;
  }
}

export function isShallower(a: UrlEntry, b: UrlEntry): boolean {
  return (a.depth - b.depth || a.n - b.n) < 0;
}

function isBefore(a: Place, b: Place): boolean {
  return (a.depth - b.depth || a.entry.n - b.entry.n) < 0;
}
