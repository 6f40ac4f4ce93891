/** A page by its URL, with what it is called. */
export interface PageHead {
  readonly url: string;
  readonly title: string;
}

export interface SectionHead {
  readonly id: string;
  readonly order: number;
  readonly path: string;
  readonly type: string;
  readonly heading: string | null;
  readonly anchor: string | null;
  readonly label: string | null;
}
