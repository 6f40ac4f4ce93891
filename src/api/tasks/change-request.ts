import { z } from '@hono/zod-openapi';
import type { OptionChanges } from '../../model/crawl-options.ts';
import type { TaskSpec } from '../../model/task.ts';
import type { ApiSettings } from '../api-deps.ts';
import { MAX_DEPTH, patternList } from '../crawl/crawl-request.ts';
import { wholeFrom } from '../fields/request-fields.ts';
import { hostDelay } from '../fields/visit-fields.ts';
import { badRequest } from '../problem/field-problems.ts';

/** What a task that is no crawl of a site has no such option for. */
const OF_SITES = ['depth', 'max_pages', 'include', 'exclude'] as const;

/** What may be changed of a paused task, within the operator's limits; what is left out stays. */
export function changeRequestSchema(settings: ApiSettings) {
  const { maxPagesLimit, maxTaskSeconds, hostConcurrency } = settings;
  return z
    .strictObject({
      depth: wholeFrom(0, MAX_DEPTH),
      max_pages: wholeFrom(1, maxPagesLimit),
      include: patternList('Instead of the patterns before.'),
      exclude: patternList('Instead of the patterns before.'),
      max_seconds: wholeFrom(1, maxTaskSeconds),
      host_concurrency: wholeFrom(1, hostConcurrency),
      host_delay_ms: hostDelay(settings),
    })
    .partial()
    .openapi('TaskChange');
}

export type ChangeRequestSchema = ReturnType<typeof changeRequestSchema>;
export type ChangeRequest = z.infer<ChangeRequestSchema>;

/** Those changes as options. @throws {WaymarkError} `bad-request` if there are none, or not for this kind of task. */
export function optionChanges(request: ChangeRequest, spec: TaskSpec): OptionChanges {
  if (Object.keys(request).length === 0) throw badRequest([{ path: '', message: 'Name what to change' }]);
  const foreign = spec.kind === 'crawl' ? [] : OF_SITES.filter((path) => request[path] !== undefined);
  if (foreign.length > 0)
    throw badRequest(foreign.map((path) => ({ path, message: `is no option of a ${spec.kind} task` })));
  return given({
    depth: request.depth,
    maxPages: request.max_pages,
    include: request.include,
    exclude: request.exclude,
    maxSeconds: request.max_seconds,
    hostConcurrency: request.host_concurrency,
    hostDelayMs: request.host_delay_ms,
  });
}

/** Without the values that are not there. */
function given(values: { readonly [K in keyof OptionChanges]: OptionChanges[K] | undefined }): OptionChanges {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
