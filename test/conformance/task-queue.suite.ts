import { describe } from 'vitest';
import { controlSuite } from './task-queue/control.ts';
import type { OpenQueue } from './task-queue/harness.ts';
import { recordsSuite } from './task-queue/records.ts';
import { runsSuite } from './task-queue/runs.ts';

/** What every driver of the task queue promises. `open` gives each test a queue of its own. */
export function taskQueueSuite(name: string, open: OpenQueue): void {
  describe(`task queue: ${name}`, () => {
    recordsSuite(open);
    runsSuite(open);
    controlSuite(open);
  });
}
