import { editDistance } from '../../../core/map/spelling.ts';
import type { CountedWord, MatchDetails, NearWordQuery, SearchIndex } from '../../../ports/search-index.ts';
import { grams } from '../grams.ts';
import type { Neo4j } from '../neo4j.ts';
import { NAME_INDEX, TEXT_INDEX, WORD_INDEX } from '../schema.ts';

/** Changes of word counts that the writer has not added to the vocabulary yet. */
const PENDING = 'COLLECT { MATCH (c:WORD_CHANGES) RETURN [c.words, c.by] } AS pending';

const COUNTS = `
  CALL {
    UNWIND $beginnings AS beginning
    CALL {
      WITH beginning MATCH (w:WORD) WHERE w.text STARTS WITH beginning AND w.documents > 0
      WITH w ORDER BY w.text LIMIT $maxWords
      RETURN sum(w.documents) AS documents
    }
    RETURN collect([beginning, documents]) AS counts
  }
  RETURN counts, COUNT { (:BLOCK) } + COUNT { (:PAGE) } AS texts, ${PENDING}`;

const NEAR = `
  CALL {
    UNWIND $queries AS query
    CALL {
      WITH query
      CALL db.index.fulltext.queryNodes('${WORD_INDEX}', query.word + '~' + toString(query.maxEdits)) YIELD node
      WHERE left(node.text, 1) IN query.firstLetters
      RETURN collect([node.text, node.documents]) AS near
    }
    RETURN collect([query.word, near]) AS found
  }
  RETURN found, ${PENDING}`;

const ON_SITE = '($site IS NULL OR EXISTS { (p)<-[:HAS_PAGE]-(:ROOT {url: $site}) })';

/** A name is in use if its block still stands on some page, and the page still stands under its own URL. */
const USED_NAMES = `
  MATCH (named:PLACE {n: name.place})
  OPTIONAL MATCH (named)-[:ALIAS_OF]->(led)
  WITH name, named, coalesce(led, named) AS p
  WHERE p:PAGE AND p.goneSince IS NULL AND ${ON_SITE}
    AND (name.kind = 'link' OR p = named)
    AND (name.kind <> 'link' OR EXISTS {
      (named)<-[l:LINKS]-()<-[:SHOWS]-() WHERE coalesce(l.fragment, '') = name.fragment AND l.text STARTS WITH name.text
    })`;

/** A section `s` and those around it. */
const AROUND = `COLLECT {
  UNWIND [s.id] + s.above AS id MATCH (a:SECTION {id: id})-[:SHOWS]->(b)
  RETURN {head: a {.id, .order, .path, .type, .heading, .anchor, .label}, block: b.n, parent: a.parent,
    isTeaser: coalesce(a.teaser, false)}
}`;

/** With the section that has the heading, or that the fragment leads to. */
const PLACED = `
  CALL {
    WITH p, name
    WITH p, name WHERE name.kind = 'heading' OR name.fragment <> ''
    MATCH (p)-[:HAS_SECTION]->(s)
      WHERE name.kind = 'heading' AND s.order = name.order OR name.kind = 'link' AND s.anchor = name.fragment
    WITH s ORDER BY s.order DESC LIMIT 1
    RETURN collect({order: s.order, around: ${AROUND}}) AS found
  }
  RETURN p.n AS page, p.titles AS titles, name.kind AS kind, name.fragment AS fragment, name.text AS text,
    found[0].order AS section, coalesce(found[0].around, []) AS sections`;

/** Matches of the queries, one after the other. Rows are produced as they are needed: most queries never run. */
const matching = (index: string) => `
  UNWIND $queries AS query
  CALL {
    WITH query CALL db.index.fulltext.queryNodes('${index}', query, {limit: $maxSorted}) YIELD node
    WITH node ORDER BY node.rank RETURN node
  }`;

const NAMES = `${matching(NAME_INDEX)} WITH node AS name ${USED_NAMES} WITH DISTINCT p, name LIMIT $limit ${PLACED}`;
const TYPED_NAMES = `
  MATCH (name:NAME) WHERE toLower(name.text) CONTAINS toLower($text)
  ${USED_NAMES} WITH p, name ORDER BY name.rank LIMIT $limit ${PLACED}`;

const TEXTS = `
  ${matching(TEXT_INDEX)}
  CALL {
    WITH node
    WITH node AS p WHERE p:PAGE AND p.goneSince IS NULL AND ${ON_SITE}
    RETURN p, null AS s
    UNION ALL
    WITH node
    WITH node WHERE node:BLOCK
    MATCH (node)<-[:SHOWS]-(s)<-[:HAS_SECTION]-(p) WHERE ${ON_SITE}
    WITH p, s LIMIT $maxShowing
    RETURN p, s ORDER BY p.depth, p.n, s.order LIMIT 1
  }
  WITH DISTINCT node, p, s LIMIT $limit
  RETURN p.n AS page, p.titles AS titles, node.n AS block, s.order AS section,
    CASE WHEN s IS NULL THEN [] ELSE ${AROUND} END AS sections`;

/** In one row: hundreds of records take longer to read than their contents. */
const DETAILS = `
  CALL {
    UNWIND $pages AS n MATCH (p:PLACE {n: n})
    RETURN collect(p {page: n, .url, .title, .description, .language, .depth, linked: COUNT { (p)<-[:LINKS]-() },
      summary: coalesce(p.summary, '')}) AS pages
  }
  CALL {
    UNWIND $blocks AS n MATCH (b:BLOCK {n: n})
    RETURN collect({block: n, text: left(b.text, $maxLength), summary: coalesce(b.summary, '')}) AS blocks
  }
  RETURN pages, blocks`;

/** Words and the change of each one's count, both between spaces. */
type PendingChanges = readonly (readonly [words: string, by: string])[];
type Counted = readonly (readonly [word: string, documents: number])[];

interface CountsRow {
  readonly counts: Counted;
  readonly texts: number;
  readonly pending: PendingChanges;
}

interface NearRow {
  readonly found: readonly (readonly [word: string, near: Counted])[];
  readonly pending: PendingChanges;
}

/** The full-text indexes in Neo4j. */
export function neo4jSearchIndex(neo4j: Neo4j): SearchIndex {
  return {
    /** Folded words contain no operator of Lucene; its AND, OR and NOT are upper case. */
    dialect: {
      name: (folded) => `"${grams(folded).replace(/["\\]/g, '\\$&')}"`,
      text: (stem) => `${stem}*`,
    },
    async wordCounts(beginnings, maxWords) {
      const [row] = await neo4j.rows<CountsRow>(COUNTS, { beginnings: [...new Set(beginnings)], maxWords });
      const documents = new Map(row?.counts);
      for (const [word, by] of changesIn(row?.pending ?? []))
        for (const [beginning, count] of documents)
          if (word.startsWith(beginning)) documents.set(beginning, Math.max(0, count + by));
      return { texts: row?.texts ?? 0, documents: beginnings.map((word) => documents.get(word) ?? 0) };
    },
    async wordsNear(queries) {
      const [row] = await neo4j.rows<NearRow>(NEAR, { queries });
      const found = new Map(row?.found);
      const pending = changesIn(row?.pending ?? []);
      return queries.map((query) => withPending(query, found.get(query.word) ?? [], pending));
    },
    matchNames: (query) => neo4j.rows(NAMES, { ...query }),
    matchTypedNames: (query) => neo4j.rows(TYPED_NAMES, { ...query }),
    matchTexts: (query) => neo4j.rows(TEXTS, { ...query }),
    async detailsOf(query) {
      const [row] = await neo4j.rows<MatchDetails>(DETAILS, { ...query });
      return row ?? { pages: [], blocks: [] };
    },
  };
}

function changesIn(pending: PendingChanges): ReadonlyMap<string, number> {
  const changes = new Map<string, number>();
  for (const [words, by] of pending) {
    const counts = by.split(' ');
    for (const [index, word] of words.split(' ').entries())
      changes.set(word, (changes.get(word) ?? 0) + Number(counts[index]));
  }
  return changes;
}

function withPending(
  { word, maxEdits, firstLetters }: NearWordQuery,
  near: Counted,
  pending: ReadonlyMap<string, number>,
): readonly CountedWord[] {
  const documents = new Map(near);
  for (const [other, by] of pending)
    if (firstLetters.includes(other.slice(0, 1)) && editDistance(word, other, maxEdits) <= maxEdits)
      documents.set(other, (documents.get(other) ?? 0) + by);
  return [...documents].flatMap(([other, count]) => (count > 0 ? [{ word: other, documents: count }] : []));
}
