import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Agent, RetryAgent, request } from 'undici';

/** The jars of `org.neo4j:neo4j` and its dependencies in the format of `sha256sum`: digest, two spaces, path on Maven Central. */
const LIST = join(import.meta.dirname, 'neo4j-jars.sha256');
const CENTRAL = 'https://repo.maven.apache.org/maven2';
const AT_ONCE = 8;
const TRIES = 4;
const FILE_MS = 60_000;

interface Jar {
  readonly digest: string;
  readonly path: string;
}

/**
 * Returns the folder with the jars of Neo4j Community, under `.cache`. Downloads missing jars from Maven Central or the
 * mirror in MAVEN_REPOSITORY, and checks their digests. About 120 MB, once.
 */
export async function neo4jJars(): Promise<string> {
  const folder = join(import.meta.dirname, '..', '..', '.cache', 'neo4j-jars');
  await mkdir(folder, { recursive: true });
  const jars = parseList(await readFile(LIST, 'utf8'));
  const there = await Promise.all(jars.map((jar) => isThere(join(folder, basename(jar.path)))));
  const missing = jars.filter((_, index) => there[index] !== true);
  if (missing.length > 0) await downloadAll(missing, folder);
  return folder;
}

function parseList(text: string): Jar[] {
  return text
    .trim()
    .split('\n')
    .map((line) => ({ digest: line.slice(0, 64), path: line.slice(66) }));
}

function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

async function downloadAll(jars: readonly Jar[], folder: string): Promise<void> {
  const repository = (process.env['MAVEN_REPOSITORY'] ?? CENTRAL).replace(/\/$/, '');
  const agent = new RetryAgent(new Agent({ connections: AT_ONCE }), { maxRetries: TRIES });
  const waiting = [...jars];
  const work = async () => {
    for (let jar = waiting.pop(); jar !== undefined; jar = waiting.pop())
      await download(`${repository}/${jar.path}`, jar, folder, agent);
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  } finally {
    await agent.close();
  }
}

/** Writes to a temporary file and renames it, so that neither an aborted nor a concurrent process leaves half a jar. */
async function download(
  url: string,
  { digest, path }: Jar,
  folder: string,
  agent: RetryAgent,
): Promise<void> {
  const { statusCode, body } = await request(url, {
    dispatcher: agent,
    signal: AbortSignal.timeout(FILE_MS),
  });
  const bytes = Buffer.from(await body.arrayBuffer());
  if (statusCode !== 200) throw new Error(`${url} returned ${statusCode}`);
  const found = createHash('sha256').update(bytes).digest('hex');
  if (found !== digest) throw new Error(`${url} is not what it should be: its digest is ${found}`);
  const name = basename(path);
  const part = join(folder, `${name}.${process.pid}.part`);
  await writeFile(part, bytes);
  await rename(part, join(folder, name));
}
