import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { debianProgram } from './debian-program.ts';

const run = promisify(execFile);

/** Required by Neo4j 5.26 (Operations Manual, "System requirements"). */
const OLDEST = 17;

/** Path of `java` 17 or later: from JAVA_HOME or the PATH. As root on Debian, installs it. */
export async function javaProgram(): Promise<string> {
  const home = process.env['JAVA_HOME'] ?? '';
  const java =
    home === '' ? await debianProgram('java', 'openjdk-17-jre-headless') : join(home, 'bin', 'java');
  const version = await versionOf(java);
  if (version < OLDEST) throw new Error(`${java} is Java ${version}, and Neo4j needs ${OLDEST} or later`);
  return java;
}

async function versionOf(java: string): Promise<number> {
  const { stderr } = await run(java, ['-version']);
  return Number(/version "(\d+)/.exec(stderr)?.[1] ?? 0);
}
