import { rename, stat } from 'node:fs/promises';

/**
 * Class-data archive of a Java program (JEP 350). The program writes it at its first exit and reads it from then on, which
 * halves its start-up time. Java ignores an archive of another Java version.
 */
export class ClassArchive {
  readonly #path: string;
  readonly #draft: string;
  #missing = false;

  constructor(path: string) {
    this.#path = path;
    this.#draft = `${path}.${process.pid}.part`;
  }

  /** Whether the program must exit by itself to write the archive. */
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

  /** Call it when the program has exited by itself. */
  async keep(): Promise<void> {
    this.#missing = false;
    await rename(this.#draft, this.#path).catch(() => {});
  }
}
