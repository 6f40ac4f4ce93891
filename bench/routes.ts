import { navigate } from '../src/core/map/navigate.ts';
import { readQuestion } from '../src/core/map/read-question.ts';
import { searchMap } from '../src/core/map/search-map.ts';
import type { GraphStore, Question } from '../src/ports/graph-store.ts';
import { SeededRandom } from '../test/support/seeded-random.ts';
import { openGraphOfBench } from './support/graph-stores.ts';
import { coinedWord, linkedPage, nameOf, SITE, urlOf } from './support/linked-pages.ts';
import { percentile } from './support/percentile.ts';
import { atMost, type Bar, Report } from './support/report.ts';

const CRAWL = 'bench';
const BATCH = 32;
const WARM_UP = 50;
const MOST_MS = 50;
const BARS: readonly (Bar | null)[] = [null, atMost(MOST_MS, ' ms'), null, null];

/** How a person may ask, by what makes it hard for the store. */
const QUESTIONS: Readonly<Record<string, (random: SeededRandom, pages: number) => string>> = {
  'a name': (random, pages) => nameOf(random.below(pages)),
  'words of many names': (random, pages) => nameOf(random.below(pages)).split(' ').slice(0, 3).join(' '),
  'words of texts': (random) =>
    `${coinedWord(100 + random.below(900))} ${coinedWord(1000 + random.below(9000))}`,
  'misspelt words': (random, pages) => misspelt(nameOf(random.below(pages)), random),
  'a whole sentence': (random, pages) =>
    `how do I get to the ${nameOf(random.below(pages))} and where are its prices and rules`,
  'what is not there': (random) => `zeppelin${random.below(1000)} quantum xylophone`,
};

/** Time of ways, routes and searches on a graph of so many pages, each with so many links of its own. */
export async function routes([
  pages = '10000',
  links = '20',
  asked = '200',
  store = 'sqlite',
]: readonly string[]): Promise<Report> {
  await using opened = await openGraphOfBench(store);
  const { graph } = opened;
  const report = new Report(`Routes on ${pages} pages in ${store} (ms)`, [
    'median',
    'p95',
    'max',
    'p95 of CPU',
  ]);
  await fill(graph, Number(pages), Number(links));
  const { links: occurrences } = await graph.counts(CRAWL);
  report.tell('links', [occurrences, '', '', '']);
  const measure = new Measure(graph, Number(pages), Number(asked));
  report.hold('way between two pages', await measure.ways(), BARS);
  for (const [what, questionOf] of Object.entries(QUESTIONS)) {
    report.hold(`navigate: ${what}`, await measure.navigate(questionOf), BARS);
    report.hold(`search: ${what}`, await measure.search(questionOf), BARS);
  }
  return report;
}

async function fill(graph: GraphStore, pages: number, links: number): Promise<void> {
  await graph.openSite({ url: SITE, crawlId: CRAWL, at: 1 });
  for (let first = 0; first < pages; first += BATCH) {
    const batch = Array.from({ length: Math.min(BATCH, pages - first) }, (_, n) =>
      linkedPage(first + n, pages, links),
    );
    await graph.save(CRAWL, batch, []);
  }
}

type QuestionMaker = (random: SeededRandom, pages: number) => string;

/**
 * Asks one kind of thing again and again; answers median, 95th percentile and maximum in milliseconds, and the 95th
 * percentile of the CPU time of all threads, which tells how it would be on a machine that does nothing else.
 */
class Measure {
  readonly #graph: GraphStore;
  readonly #pages: number;
  readonly #asked: number;

  constructor(graph: GraphStore, pages: number, asked: number) {
    this.#graph = graph;
    this.#pages = pages;
    this.#asked = asked;
  }

  ways(): Promise<readonly number[]> {
    return this.#timed(async (random) => {
      const [from, to] = [urlOf(random.below(this.#pages)), urlOf(random.below(this.#pages))];
      const query = { from, to: [{ url: to, fragment: null }], maxClicks: 50 };
      const [found] = await this.#graph.ways(query);
      if (found?.kind !== 'way') throw new Error(`there should be a way from ${from} to ${to}`);
    });
  }

  navigate(textOf: QuestionMaker): Promise<readonly number[]> {
    return this.#timed(async (random) => {
      const from = await this.#graph.locate(urlOf(random.below(this.#pages)));
      if (from === null) throw new Error('the page should be there');
      const question = questionFrom(textOf(random, this.#pages));
      await navigate(this.#graph, { from, question, maxSteps: 20, alternatives: 0 });
    });
  }

  search(textOf: QuestionMaker): Promise<readonly number[]> {
    return this.#timed(async (random) => {
      const question = questionFrom(textOf(random, this.#pages));
      await searchMap(this.#graph, { question, site: SITE, limit: 10 });
    });
  }

  async #timed(work: (random: SeededRandom) => Promise<void>): Promise<readonly number[]> {
    const random = new SeededRandom(7);
    for (let n = 0; n < WARM_UP; n += 1) await work(random);
    const taken: number[] = [];
    const computed: number[] = [];
    for (let n = 0; n < this.#asked; n += 1) {
      const [start, cpu] = [performance.now(), process.cpuUsage()];
      await work(random);
      taken.push(performance.now() - start);
      const { user, system } = process.cpuUsage(cpu);
      computed.push((user + system) / 1000);
    }
    const figures = [percentile(taken, 0.5), percentile(taken, 0.95), Math.max(...taken)];
    return [...figures, percentile(computed, 0.95)].map((ms) => Math.round(ms * 10) / 10);
  }
}

function questionFrom(text: string): Question {
  const question = readQuestion(text);
  if (question === null) throw new Error(`“${text}” asks nothing`);
  return question;
}

/** Two letters swapped in each longer word. */
function misspelt(text: string, random: SeededRandom): string {
  return text
    .split(' ')
    .map((word) => {
      if (word.length < 5 || /\d/.test(word)) return word;
      const at = 1 + random.below(word.length - 2);
      return word.slice(0, at) + (word[at + 1] ?? '') + (word[at] ?? '') + word.slice(at + 2);
    })
    .join(' ');
}
