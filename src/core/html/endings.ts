import type { DomElement } from './dom.ts';

interface Ending {
  readonly element: DomElement;
  readonly act: () => void;
}

/** What has to be done when open elements end: the last thing begun is ended first. */
export class Endings {
  readonly #stack: Ending[] = [];

  /** `act` runs when `element`, which is the innermost open one, ends. */
  add(element: DomElement, act: () => void): void {
    this.#stack.push({ element, act });
  }

  run(element: DomElement): void {
    while (this.#stack.at(-1)?.element === element) this.#stack.pop()?.act();
  }
}
