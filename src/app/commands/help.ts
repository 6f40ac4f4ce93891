import { ExitCode } from '../exit-code.ts';

const HELP = `Waymark turns a website into a map.

  npm start                     start the service and crawl the bundled demo site
  npm run -s crawl -- URL       crawl a site once (--help shows the flags)
  npm run serve                 start the service alone
  npm test                      run the tests
  npm run -s bench -- NAME      run a benchmark

Settings are environment variables; docs/settings.md lists them.
`;

/** `help`: what there is. */
export async function helpCommand(): Promise<number> {
  process.stdout.write(HELP);
  return ExitCode.done;
}
