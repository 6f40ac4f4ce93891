import { describe } from 'vitest';
import { amendmentsSuite } from './frontier/amendments.ts';
import { claimsSuite } from './frontier/claims.ts';
import type { OpenFrontiers } from './frontier/harness.ts';
import { ledgerSuite } from './frontier/ledger.ts';
import { limitsSuite } from './frontier/limits.ts';
import { paginatedListsSuite } from './frontier/paginated-lists.ts';
import { redirectsSuite } from './frontier/redirects.ts';
import { spellingsSuite } from './frontier/spellings.ts';
import { walkSuite } from './frontier/walk.ts';

/** What every driver of the frontier promises. `open` gives each test a store of its own. */
export function frontierSuite(name: string, open: OpenFrontiers): void {
  describe(`frontier: ${name}`, () => {
    claimsSuite(open);
    redirectsSuite(open);
    limitsSuite(open);
    amendmentsSuite(open);
    paginatedListsSuite(open);
    ledgerSuite(open);
    spellingsSuite(open);
    walkSuite(open);
  });
}
