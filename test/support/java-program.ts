import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { debianProgram } from './debian-program.ts';

const run = promisify(execFile);

/** What the manual of Neo4j 5.26 asks for (Operations Manual, "System requirements"). */
const OLDEST = 17;

/** Path of a `java` of version 17 or later: that of JAVA_HOME, or the one on the PATH; as root on Debian it is installed. */
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
