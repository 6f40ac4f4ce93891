import { readQuestion } from '../../../src/core/map/match.ts';
import type { Candidate, Question } from '../../../src/model/question.ts';
import type { Click, LinkPath } from '../../../src/model/route.ts';
import type { GraphStore } from '../../../src/ports/graph-store.ts';
import { SITE, urlOf } from './pages.ts';

export function question(text: string): Question {
  const read = readQuestion(text);
  if (read === null) throw new Error(`“${text}” asks nothing`);
  return read;
}

/** Where a candidate is: path and anchor. */
export function whereIs({ url, section, fragment }: Candidate): string {
  const anchor = fragment ?? section?.anchor ?? '';
  return url.replace(SITE, '/') + (anchor === '' ? '' : `#${anchor}`);
}

/** What a text may mean on the site, sorted. */
export async function meant(graph: GraphStore, text: string, site: string | null = SITE): Promise<string[]> {
  const { candidates } = await graph.match({ question: question(text), site });
  return candidates.map(whereIs).sort();
}

/** The way, told as texts of links; or why there is none. */
export async function pathTo(graph: GraphStore, from: string, to: string, maxClicks = 10): Promise<unknown> {
  const [way] = await graph.paths({ from: urlOf(from), to: [{ url: urlOf(to), fragment: null }], maxClicks });
  return way === undefined ? null : told(way);
}

function told(way: LinkPath): unknown {
  return way.kind === 'path' ? way.clicks.map(({ text }) => text) : way;
}

/** The clicks of a way that there must be. */
export async function clicksTo(graph: GraphStore, from: string, to: string): Promise<readonly Click[]> {
  const [way] = await graph.paths({
    from: urlOf(from),
    to: [{ url: urlOf(to), fragment: null }],
    maxClicks: 10,
  });
  if (way?.kind !== 'path') throw new Error(`there should be a way from ${from} to ${to}`);
  return way.clicks;
}
