/** Remembers a bounded number of things that never change: what was not used while half of them came in is forgotten. */
export class Known<V, K = string> {
  readonly #most: number;
  #newer = new Map<K, V>();
  #older = new Map<K, V>();

  constructor(most: number) {
    this.#most = most;
  }

  get(key: K): V | undefined {
    const value = this.#newer.get(key);
    if (value !== undefined) return value;
    const old = this.#older.get(key);
    if (old !== undefined) this.add(key, old);
    return old;
  }

  add(key: K, value: V): void {
    this.#newer.set(key, value);
    if (this.#newer.size * 2 <= this.#most) return;
    this.#older = this.#newer;
    this.#newer = new Map();
  }
}
