import { rename, stat } from 'node:fs/promises';

/**
 * A Java program's classes as they are in memory (JEP 350): written when the program first ends, and read from then on,
 * which halves the work of its start. One that another Java wrote is passed over by Java itself.
 */
export class ClassArchive {
  readonly #path: string;
  readonly #draft: string;
  #missing = false;

  constructor(path: string) {
    this.#path = path;
    this.#draft = `${path}.${process.pid}.part`;
  }

  /** Whether the program should be let end by itself, so that it writes the archive. */
  get isMissing(): boolean {
    return this.#missing;
  }

  /** Options for Java. */
  async options(): Promise<readonly string[]> {
    this.#missing = await stat(this.#path).then(
      () => false,
      () => true,
    );
    return [
      this.#missing ? `-XX:ArchiveClassesAtExit=${this.#draft}` : `-XX:SharedArchiveFile=${this.#path}`,
    ];
  }

  /** To be called when the program has ended by itself. */
  async keep(): Promise<void> {
    this.#missing = false;
    await rename(this.#draft, this.#path).catch(() => {});
  }
}
