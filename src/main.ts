import { ExitCode } from './app/shutdown.ts';
import { messageOf, WaymarkError } from './core/errors.ts';

/** Runs a command and returns the exit code of the process. */
type Command = (args: readonly string[]) => Promise<number>;

/** Commands load on demand, because the crawler and its browser driver take a second to load. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  start: async () => (await import('./app/start-command.ts')).startCommand,
  serve: async () => (await import('./app/serve-command.ts')).serveCommand,
  worker: async () => (await import('./app/commands.ts')).workerCommand,
  crawl: async () => (await import('./app/commands.ts')).crawlCommand,
  export: async () => (await import('./app/commands.ts')).exportCommand,
  help: async () => (await import('./app/commands.ts')).helpCommand,
};

async function main([name = 'help', ...args]: readonly string[]): Promise<number> {
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (load === undefined) {
    process.stderr.write(
      `The command "${name}" does not exist. Use one of ${Object.keys(COMMANDS).join(', ')}.\n`,
    );
    return ExitCode.usage;
  }
  try {
    const command = await load();
    return await command(args);
  } catch (error) {
    const code = error instanceof WaymarkError ? error.code : 'internal';
    process.stderr.write(`waymark: ${code}: ${messageOf(error)}\n`);
    if (code === 'internal' && error instanceof Error) process.stderr.write(`${error.stack}\n`);
    return code === 'bad-setting' ? ExitCode.usage : ExitCode.failed;
  }
}

/** Nothing is known to be sound after a fault that nobody caught: the launcher starts a new process. */
process.on('uncaughtException', (error) => {
  process.stderr.write(
    `waymark: internal: ${messageOf(error)}\n${error instanceof Error ? error.stack : ''}\n`,
  );
  process.exit(ExitCode.crashed);
});

process.exitCode = await main(process.argv.slice(2));
