import { readQuestion } from '../../src/core/map/match.ts';
import type { Question } from '../../src/model/question.ts';
import type { Navigation, Route } from '../../src/model/route.ts';
import type { GraphStore } from '../../src/ports/graph-store.ts';
import type { TestQuestion } from './test-question.ts';

/** How a list of questions was answered. */
export interface Answers {
  readonly questions: number;
  /** Share of the questions that were answered right at once, 0 to 1. */
  readonly share: number;
  /** A line for each wrong answer: the question and where it led. */
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

  async ask(path: string, text: string, maxSteps = 10, alternatives = 0): Promise<Navigation> {
    const from = this.origin + path;
    const found = await this.graph.navigate({ from, question: questionOf(text), maxSteps, alternatives });
    if (found === null) throw new Error(`${path} should be on the map`);
    return found;
  }

  async askAll(questions: readonly TestQuestion[]): Promise<Answers> {
    const wrong: string[] = [];
    for (const { from, text, right } of questions) {
      const answer = this.goal(await this.ask(from, text));
      if (!right.includes(answer)) wrong.push(`${text}: ${answer}`);
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

export function questionOf(text: string): Question {
  const question = readQuestion(text);
  if (question === null) throw new Error(`“${text}” has no word`);
  return question;
}
