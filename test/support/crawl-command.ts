import { WaymarkCommand } from './waymark-command.ts';

/** Runs `waymark crawl …` as its own process, without a terminal. */
export function crawlCommand(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): WaymarkCommand {
  return new WaymarkCommand(['crawl', ...args], env);
}
