import { derivedId } from '../../../core/derived-id.ts';
import type { PageVersion, SectionVersion } from '../../../model/history.ts';
import type { Run } from '../neo4j.ts';

/** A content that a page has had. */
export interface VersionKey {
  readonly n: number;
  /** Content hash. */
  readonly hash: string;
}

/** What a page shows is read from its sections; what it showed before was written down when it was replaced. */
const VERSIONS = `
  UNWIND $keys AS key MATCH (p:PLACE {n: key.n})
  OPTIONAL MATCH (v:VERSION {id: toString(key.n) + ' ' + key.hash})
  WITH key, p, v, p.contentHash = key.hash AND p.goneSince IS NULL AS isShown
  RETURN key.n AS n, key.hash AS hash, p.url AS url,
    CASE WHEN isShown THEN p.title ELSE v.title END AS title,
    CASE WHEN isShown THEN COLLECT {
      MATCH (p)-[:HAS_SECTION]->(s)-[:SHOWS]->(b)
      RETURN s.path + '\\n' + s.type + '\\n' + b.hash + coalesce('\\n' + s.heading, '') ORDER BY s.order
    } ELSE v.sections END AS sections`;

interface VersionRow extends VersionKey {
  readonly url: string;
  readonly title: string;
  readonly sections: readonly string[];
}

/** Reads contents; answers a look-up that gives null for what was not asked for. */
export async function readVersions(
  run: Run,
  keys: readonly VersionKey[],
): Promise<(n: number, hash: string | undefined) => PageVersion | null> {
  const rows = await run<VersionRow>(VERSIONS, { keys });
  const versions = new Map(rows.map((row) => [`${row.n} ${row.hash}`, pageVersion(row)]));
  return (n, hash) => versions.get(`${n} ${hash}`) ?? null;
}

function pageVersion({ url, title, sections }: VersionRow): PageVersion {
  return { title, sections: sections.map((lines) => sectionVersion(url, lines)) };
}

function sectionVersion(url: string, lines: string): SectionVersion {
  const [path = '', type = '', content = '', heading = null] = lines.split('\n');
  return { id: derivedId(`${url} ${path}`), path, type, heading, content };
}
