/** A question to the map of a site. Written down from reading the site, before the map was searched. */
export interface TestQuestion {
  /** Path of the page that the person is on. */
  readonly from: string;
  readonly text: string;
  /** What a person would call right: a page, or a page and the anchor of a section on it. The best one first. */
  readonly right: readonly [string, ...string[]];
}
