import type { OptionChanges, TaskSpec } from '../../ports/task-queue.ts';

/** A spec with changes laid over its options. */
export function amendedSpec(spec: TaskSpec, changes: OptionChanges): TaskSpec {
  return { ...spec, options: { ...spec.options, ...changes } };
}
