import { parseQuery } from '../../src/core/map/match.ts';
import type { Navigation, Route } from '../../src/model/route.ts';
import type { SearchQuery } from '../../src/model/search-query.ts';
import type { GraphStore } from '../../src/ports/graph-store.ts';
import type { TestQuestion } from './test-question.ts';

/** The share of questions whose first result is right. */
export interface Evaluation {
  readonly questions: number;
  /** Share of the questions whose first result is right, 0 to 1. */
  readonly share: number;
  /** A line for each wrong result: the question and its target. */
  readonly wrong: readonly string[];
}

/** A site on a map, to be searched for routes. */
export class MappedSite {
  readonly graph: GraphStore;
  readonly origin: string;

  constructor(graph: GraphStore, origin: string) {
    this.graph = graph;
    this.origin = origin;
  }

  async navigate(path: string, text: string, maxSteps = 10, alternatives = 0): Promise<Navigation> {
    const from = this.origin + path;
    const found = await this.graph.navigate({ from, query: queryOf(text), maxSteps, alternatives });
    if (found === null) throw new Error(`${path} should be on the map`);
    return found;
  }

  async evaluate(questions: readonly TestQuestion[]): Promise<Evaluation> {
    const wrong: string[] = [];
    for (const { from, text, right } of questions) {
      const result = this.goal(await this.navigate(from, text));
      if (!right.includes(result)) wrong.push(`${text}: ${result}`);
    }
    return { questions: questions.length, share: 1 - wrong.length / questions.length, wrong };
  }

  /** Path and anchor of what a route leads to. */
  goal({ target }: Route): string {
    if (target === null) return 'nothing';
    const path = target.url.slice(this.origin.length);
    return target.section === null && target.fragment === null ? path : `${path}#${target.fragment}`;
  }
}

export function queryOf(text: string): SearchQuery {
  const query = parseQuery(text);
  if (query === null) throw new Error(`“${text}” has no word`);
  return query;
}
