/** Resolves when every promise reaction that was due has run. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
