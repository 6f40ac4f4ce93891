import { CRAWL_HELP, readCrawlCall } from '../crawl-flags.ts';
import { ExitCode } from '../exit-code.ts';
import { UsageError } from '../usage-error.ts';

/** `crawl URL`: crawls once and exits. */
export async function crawlCommand(args: readonly string[]): Promise<number> {
  try {
    const call = readCrawlCall(args);
    if (call !== null) return await (await import('../crawl-once.ts')).crawlOnce(call);
    process.stdout.write(CRAWL_HELP);
    return ExitCode.done;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`${error.message}\nTry: npm run -s crawl -- --help\n`);
    return ExitCode.usage;
  }
}
