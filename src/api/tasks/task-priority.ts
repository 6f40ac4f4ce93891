/** Tasks that a caller waits for are begun before those that were left to the background. */
export function taskPriority(someoneWaits: boolean): number {
  return someoneWaits ? 0 : 10;
}
