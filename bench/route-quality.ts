import { join } from 'node:path';
import { findBrowser } from '../pools/browser/find-browser.ts';
import { Database } from '../src/drivers/sqlite/database.ts';
import { MappedSite } from '../test/map/mapped-site.ts';
import { HELD_OUT_PYTHON_QUESTIONS, PYTHON_QUESTIONS } from '../test/map/python-questions.ts';
import { StepClicker } from '../test/map/step-clicker.ts';
import type { TestQuestion } from '../test/map/test-question.ts';
import { tempDir } from '../test/support/temp-dir.ts';
import { startChildServer } from './support/child-server.ts';
import { crawlOnce } from './support/crawl-process.ts';
import { documentationFolder, SITES } from './support/debian-docs.ts';

const [PYTHON] = SITES;
const RIGHT_AT_FIRST = 0.9;
const CACHE = join(import.meta.dirname, '..', 'node_modules', '.cache', 'waymark');

/**
 * Crawls Debian's python3.11-doc and requests routes on it. At least 90 % of the first results must be right, and every
 * step must work when it is clicked in a browser. `no-clicks` skips the browser.
 */
export async function routeQuality([clicks = '']: readonly string[]): Promise<object> {
  if (PYTHON === undefined) throw new Error('there should be a documentation site');
  await using server = await startChildServer('static-server.ts', [await documentationFolder(PYTHON)]);
  await using storage = await tempDir();
  await crawlOnce(server.origin + PYTHON.start, storage.path, ['--render', 'http']);
  const database = await Database.open(join(storage.path, 'waymark.sqlite'));
  try {
    const site = new MappedSite(database.service('graph'), server.origin);
    const tuned = await site.evaluate(PYTHON_QUESTIONS);
    const heldOut = await site.evaluate(HELD_OUT_PYTHON_QUESTIONS);
    const questions = [...PYTHON_QUESTIONS, ...HELD_OUT_PYTHON_QUESTIONS];
    const clicked = clicks === 'no-clicks' ? null : await clickAll(site, questions);
    const right = 1 - (tuned.wrong.length + heldOut.wrong.length) / questions.length;
    if (right < RIGHT_AT_FIRST || (clicked?.failed.length ?? 0) > 0) process.exitCode = 1;
    return { right, tuned, held_out: heldOut, clicked };
  } finally {
    await database.close();
  }
}

async function clickAll(
  site: MappedSite,
  questions: readonly TestQuestion[],
): Promise<{ readonly routes: number; readonly steps: number; readonly failed: readonly string[] }> {
  const { CHROMIUM_PATH, PATH } = process.env;
  const browser = await findBrowser({
    executablePath: CHROMIUM_PATH ?? null,
    path: PATH ?? '',
    cacheDir: CACHE,
  });
  await using clicker = await StepClicker.open(site.graph, browser, { javaScript: false });
  const failed: string[] = [];
  let steps = 0;
  for (const { from, text } of questions) {
    const route = await site.navigate(from, text);
    steps += route.steps.length;
    await clicker
      .follow(site.origin + from, route)
      .catch((error: unknown) => failed.push(`${text}: ${error instanceof Error ? error.message : error}`));
  }
  return { routes: questions.length, steps, failed };
}
