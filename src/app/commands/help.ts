import { ExitCode } from '../exit-code.ts';

const HELP = `Waymark turns a website into a map.

  npm start                     start the service and crawl the bundled demo site
  npm run -s crawl -- URL       crawl a site once (--help shows the flags)
  npm run serve                 start the service alone
  npm run worker                work on the tasks in Redis (--help shows the flags)
  npm run -s export -- FLAGS    take a site out as JSON lines, GraphML, sitemap or Markdown (--help shows the flags)
  npm test                      run the tests
  npm run -s bench -- NAME      run a benchmark

Settings are environment variables; docs/settings.md lists them.
`;

/** `help`: what there is. */
export async function helpCommand(): Promise<number> {
  process.stdout.write(HELP);
  return ExitCode.done;
}
