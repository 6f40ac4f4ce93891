import type { OptionChanges } from '../../model/crawl-options.ts';
import type { TaskSpec } from '../../model/task.ts';

/** A spec with changes laid over its options. */
export function amendedSpec(spec: TaskSpec, changes: OptionChanges): TaskSpec {
  return { ...spec, options: { ...spec.options, ...changes } };
}
