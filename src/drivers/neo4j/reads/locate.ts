import type { Located } from '../../../model/route.ts';
import type { Run } from '../neo4j.ts';
import { LED_TO } from './page-rows.ts';

const LOCATE = `${LED_TO} WHERE p:PAGE
  OPTIONAL MATCH (p)<-[:HAS_PAGE|HAD_PAGE]-(r:ROOT)
  WITH p, r ORDER BY COUNT { (r)-[:HAS_PAGE]->() } DESC, r.n
  RETURN p.url AS url, p.title AS title, p.language AS language, collect(r.url) AS sites`;

/** Where a URL is on the map; null if it is not. */
export async function locate(run: Run, url: string): Promise<Located | null> {
  const [located] = await run<Located>(LOCATE, { url });
  return located ?? null;
}
