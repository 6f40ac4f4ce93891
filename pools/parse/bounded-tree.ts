import { adapter } from 'parse5-htmlparser2-tree-adapter';
import { PageError } from '../../src/core/page-error.ts';

/** Elements and comments of one document. A page of 10 MB has about 200,000. */
export const MAX_NODES = 250_000;
/** Attributes of all elements of one document. */
export const MAX_ATTRIBUTES = 1_000_000;

/**
 * The tree that cheerio builds, with a bound on its size: the parser fails with `parse-memory` when a document grows
 * past it. What is built can be far more than what is written, for unclosed formatting is opened anew in every
 * paragraph. The heap limit of the thread is no bound to rely on: where V8 meets it with one large allocation,
 * it ends the whole process.
 */
export function boundedTree(): typeof adapter {
  let nodes = 0;
  let attributes = 0;
  const take = (more: number) => {
    attributes += more;
    if (++nodes <= MAX_NODES && attributes <= MAX_ATTRIBUTES) return;
    throw new PageError(
      'parse-memory',
      `[parse] more than ${MAX_NODES} elements or ${MAX_ATTRIBUTES} attributes`,
    );
  };
  return {
    ...adapter,
    createElement(name, namespace, attrs) {
      take(attrs.length);
      return adapter.createElement(name, namespace, attrs);
    },
    createCommentNode(data) {
      take(0);
      return adapter.createCommentNode(data);
    },
  };
}
