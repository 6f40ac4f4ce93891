export interface StoredSection {
  readonly id: string;
  readonly order: number;
  readonly path: string;
  readonly type: string;
  readonly heading: string | null;
  readonly anchor: string | null;
  readonly label: string | null;
  readonly text: string;
  readonly summary: string | null;
  /** Epoch ms of the first time that the page had a section at this path. */
  readonly firstSeen: number;
  /** Epoch ms of the last time; that of the page for what is on it now. */
  readonly lastSeen: number;
}
