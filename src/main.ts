import { crawlCommand } from './app/commands/crawl.ts';
import { helpCommand } from './app/commands/help.ts';
import { serveCommand } from './app/commands/serve.ts';
import { startCommand } from './app/commands/start.ts';
import { ExitCode } from './app/exit-code.ts';
import { messageOf, WaymarkError } from './core/errors.ts';

/** Runs until it is done; answers the exit code of the process. */
type Command = (args: readonly string[]) => Promise<number>;

const COMMANDS: Readonly<Record<string, Command>> = {
  start: startCommand,
  serve: serveCommand,
  crawl: crawlCommand,
  help: helpCommand,
};

async function main([name = 'help', ...args]: readonly string[]): Promise<number> {
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command === undefined) {
    process.stderr.write(`There is no command "${name}". Commands: ${Object.keys(COMMANDS).join(', ')}.\n`);
    return ExitCode.usage;
  }
  try {
    return await command(args);
  } catch (error) {
    const code = error instanceof WaymarkError ? error.code : 'internal';
    process.stderr.write(`waymark: ${code}: ${messageOf(error)}\n`);
    if (code === 'internal' && error instanceof Error) process.stderr.write(`${error.stack}\n`);
    return code === 'bad-setting' ? ExitCode.usage : ExitCode.failed;
  }
}

process.exitCode = await main(process.argv.slice(2));
