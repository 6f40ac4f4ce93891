import { ExitCode } from '../exit-code.ts';
import { EXPORT_HELP, readExportCall } from '../export-flags.ts';
import { UsageError } from '../usage-error.ts';

/** `export`: writes a site out of the map. */
export async function exportCommand(args: readonly string[]): Promise<number> {
  try {
    const call = readExportCall(args);
    if (call !== null) return await (await import('../export-once.ts')).exportOnce(call);
    process.stdout.write(EXPORT_HELP);
    return ExitCode.done;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`${error.message}\nTry: npm run -s export -- --help\n`);
    return ExitCode.usage;
  }
}
