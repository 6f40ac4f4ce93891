import { WaymarkCommand } from './waymark-command.ts';

/** Runs `waymark crawl …` as a process of its own, without a terminal. */
export function crawlCommand(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): WaymarkCommand {
  return new WaymarkCommand(['crawl', ...args], env);
}
