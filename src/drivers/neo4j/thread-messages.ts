import type { GraphStore } from '../../ports/graph-store.ts';

/** What the thread offers: the map, and what the wiring asks of its store. */
export interface ThreadServices extends GraphStore {
  ping(): Promise<void>;
  id(): Promise<string>;
}

export type ServiceMethod = keyof ThreadServices;

const METHODS: Readonly<Record<keyof GraphStore, true>> = {
  openSite: true,
  save: true,
  finish: true,
  markRemoved: true,
  saveSummaries: true,
  saveAnalysis: true,
  endAnalysis: true,
  counts: true,
  pages: true,
  page: true,
  locate: true,
  match: true,
  paths: true,
  structure: true,
  inLinks: true,
  sitePages: true,
  observedLists: true,
  layouts: true,
  siteOverview: true,
  crawl: true,
  crawls: true,
  changes: true,
  unseen: true,
  subjects: true,
  cachedSummaries: true,
  summarySpending: true,
  summaryCoverage: true,
};

/** The calls of a map. */
export const GRAPH_METHODS: readonly string[] = Object.keys(METHODS);

export interface CallMessage {
  readonly id: number;
  readonly method: ServiceMethod;
  readonly args: readonly unknown[];
}
