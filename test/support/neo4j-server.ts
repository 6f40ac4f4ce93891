import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import neo4j from 'neo4j-driver';
import { ClassArchive } from './class-archive.ts';
import { freePort } from './free-port.ts';
import { javaProgram } from './java-program.ts';
import { neo4jJars } from './neo4j-jars.ts';
import { type TempDir, tempDir } from './temp-dir.ts';
import { within } from './within.ts';

const run = promisify(execFile);

/** Start-up takes 4 s of CPU time, and other tests may run at the same time. */
const START_MS = 180_000;
const ADMIN_MS = 60_000;
const END_MS = 60_000;
const ASK_AGAIN_MS = 50;

export interface Neo4jLogin {
  readonly url: string;
  readonly username: string;
  readonly password: string;
}

export interface Neo4jPrograms {
  readonly java: string;
  /** Folder of the jars. */
  readonly jars: string;
}

export interface Neo4jSize {
  readonly heapMb: number;
  readonly pageCacheMb: number;
  /** Optimises frequent code: slow at first. */
  readonly optimised: boolean;
}

const SMALL: Neo4jSize = { heapMb: 512, pageCacheMb: 64, optimised: false };

/** Java and jars to run Neo4j with. Rejects with the missing part. */
export async function neo4jPrograms(): Promise<Neo4jPrograms> {
  return { java: await javaProgram(), jars: await neo4jJars() };
}

/** A real Neo4j Community on a free loopback port with its own folder; removed when it goes out of scope. */
export class Neo4jServer implements Neo4jLogin, AsyncDisposable {
  readonly username = 'neo4j';
  readonly password = 'quay-lantern-4';
  readonly port: number;
  readonly #programs: Neo4jPrograms;
  readonly #home: TempDir;
  readonly #size: Neo4jSize;
  /** An aborted test leaves no server behind. */
  readonly #killAtExit = () => this.#child?.kill('SIGKILL');
  readonly #archive: ClassArchive;
  #child: ChildProcess | null = null;

  private constructor(programs: Neo4jPrograms, port: number, home: TempDir, size: Neo4jSize) {
    this.#programs = programs;
    this.port = port;
    this.#home = home;
    this.#size = size;
    this.#archive = new ClassArchive(join(programs.jars, 'neo4j.jsa'));
  }

  static async start(size: Neo4jSize = SMALL): Promise<Neo4jServer> {
    const server = new Neo4jServer(await neo4jPrograms(), await freePort(), await tempDir(), size);
    try {
      await server.#prepare();
      await server.start();
      return server;
    } catch (error) {
      await server[Symbol.asyncDispose]();
      throw error;
    }
  }

  get url(): string {
    return `bolt://127.0.0.1:${this.port}`;
  }

  /** Process id; null while it does not run. */
  get pid(): number | null {
    return this.#child?.pid ?? null;
  }

  /** Restarts the server with the same data after `kill`. Resolves when it responds. */
  async start(): Promise<void> {
    const { java } = this.#programs;
    const { heapMb, optimised } = this.#size;
    const child = spawn(
      java,
      [
        `-Xmx${heapMb}m`,
        '-XX:+UseSerialGC',
        ...(optimised ? [] : ['-XX:TieredStopAtLevel=1']),
        ...(await this.#archive.options()),
        '-cp',
        this.#classPath(),
        'org.neo4j.server.CommunityEntryPoint',
        `--home-dir=${this.#home.path}`,
        `--config-dir=${this.#conf()}`,
      ],
      { stdio: 'ignore' },
    );
    this.#child = child;
    process.once('exit', this.#killAtExit);
    const failed = once(child, 'exit').then(async () => {
      throw new Error(`Neo4j ended at once: ${await this.#lastWords()}`);
    });
    await within('Neo4j responds', Promise.race([this.#waitUntilUp(), failed]), START_MS);
    failed.catch(() => {});
  }

  /** Kills the server, like a crash. */
  kill(): Promise<void> {
    return this.#end('SIGKILL');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#archive.isMissing) await this.#end('SIGTERM').then(() => this.#archive.keep());
    await this.kill();
    await this.#home[Symbol.asyncDispose]();
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    process.off('exit', this.#killAtExit);
    this.#child = null;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    await within('Neo4j exits', exited, END_MS);
  }

  /** Writes settings and the password, which must be set before the first start. */
  async #prepare(): Promise<void> {
    await mkdir(this.#conf());
    const settings = {
      'server.default_listen_address': '127.0.0.1',
      'server.bolt.listen_address': `127.0.0.1:${this.port}`,
      'server.http.enabled': 'false',
      'server.memory.pagecache.size': `${this.#size.pageCacheMb}m`,
      'dbms.usage_report.enabled': 'false',
    };
    const lines = Object.entries(settings).map(([name, value]) => `${name}=${value}\n`);
    await writeFile(join(this.#conf(), 'neo4j.conf'), lines.join(''));
    const admin = ['org.neo4j.cli.AdminTool', 'dbms', 'set-initial-password', this.password];
    const env = { ...process.env, NEO4J_HOME: this.#home.path, NEO4J_CONF: this.#conf() };
    await run(this.#programs.java, ['-cp', this.#classPath(), ...admin], { env, timeout: ADMIN_MS });
  }

  #conf(): string {
    return join(this.#home.path, 'conf');
  }

  #classPath(): string {
    return join(this.#programs.jars, '*');
  }

  async #waitUntilUp(): Promise<void> {
    const auth = neo4j.auth.basic(this.username, this.password);
    const child = this.#child;
    while (this.#child === child && child?.exitCode === null) {
      const driver = neo4j.driver(this.url, auth, { connectionTimeout: START_MS });
      const isUp = await driver.verifyConnectivity().then(
        () => true,
        () => false,
      );
      await driver.close();
      if (isUp) return;
      await pause(ASK_AGAIN_MS);
    }
  }

  async #lastWords(): Promise<string> {
    const log = await readFile(join(this.#home.path, 'logs', 'neo4j.log'), 'utf8').catch(() => '');
    return log.trim().split('\n').slice(-3).join(' ');
  }
}
