import { Candidates, type FoundName, MAX_NAMES, MAX_TEXTS } from '../../../core/map/candidates.ts';
import { indexQueries, MAX_MATCHED } from '../../../core/map/index-query.ts';
import type { Matches, MatchQuery } from '../../../model/question.ts';
import { hasGrams } from '../grams.ts';
import type { Neo4j } from '../neo4j.ts';
import { NAME_INDEX, SAID_INDEX } from '../schema.ts';
import { LUCENE } from './lucene-dialect.ts';
import { GatheredFacts, type PageFacts } from './map-facts.ts';
import { knownWords } from './vocabulary.ts';

/** Sections with the same text that are looked through for one of the site. */
const MAX_SHOWING = 1000;

const OF_SITE = '($site IS NULL OR EXISTS { (p)<-[:HAS_PAGE]-(:ROOT {url: $site}) })';

/** A name is alive if what says it still stands on some page, and the page still stands under its own URL. */
const ALIVE = `
  MATCH (named:PLACE {n: name.place})
  OPTIONAL MATCH (named)-[:ALIAS_OF]->(led)
  WITH name, named, coalesce(led, named) AS p
  WHERE p:PAGE AND p.goneSince IS NULL AND ${OF_SITE}
    AND (name.kind = 'link' OR p = named)
    AND (name.kind <> 'link' OR EXISTS {
      (named)<-[l:LINKS]-()<-[:SHOWS]-() WHERE coalesce(l.fragment, '') = name.fragment AND l.text STARTS WITH name.text
    })`;

/** A section `s` and those around it, as facts. */
const AROUND = `COLLECT {
  UNWIND [s.id] + s.above AS id MATCH (a:SECTION {id: id})-[:SHOWS]->(b)
  RETURN a {.id, .order, .path, .type, .heading, .anchor, .label, .parent, .teaser, block: b.n}
}`;

/** The section that has the heading, or that the fragment leads to. */
const WITH_FACTS = `
  CALL {
    WITH p, name
    WITH p, name WHERE name.kind = 'heading' OR name.fragment <> ''
    MATCH (p)-[:HAS_SECTION]->(s)
      WHERE name.kind = 'heading' AND s.order = name.order OR name.kind = 'link' AND s.anchor = name.fragment
    WITH s ORDER BY s.order DESC LIMIT 1
    RETURN collect({order: s.order, around: ${AROUND}}) AS found
  }
  RETURN p.n AS page, p.titles AS titles, name.kind AS kind, name.fragment AS fragment, name.text AS text,
    name.order AS order, found[0].order AS section, coalesce(found[0].around, []) AS sections`;

/** What the queries match, one query after the other. Rows are drawn as they are needed: most queries are never asked. */
const matching = (index: string) => `
  UNWIND $queries AS query
  CALL {
    WITH query CALL db.index.fulltext.queryNodes('${index}', query, {limit: ${MAX_MATCHED}}) YIELD node
    WITH node ORDER BY node.rank RETURN node
  }`;

const NAMES = `
  ${matching(NAME_INDEX)}
  WITH node AS name
  ${ALIVE}
  WITH DISTINCT p, name LIMIT ${MAX_NAMES}
  ${WITH_FACTS}`;

/** One or two letters have no gram: all names are read. */
const SHORT_NAMES = `
  MATCH (name:NAME) WHERE toLower(name.text) CONTAINS toLower($typed)
  ${ALIVE}
  WITH p, name ORDER BY name.rank LIMIT ${MAX_NAMES}
  ${WITH_FACTS}`;

const TEXTS = `
  ${matching(SAID_INDEX)}
  CALL {
    WITH node
    WITH node AS p WHERE p:PAGE AND p.goneSince IS NULL AND ${OF_SITE}
    RETURN p, null AS s
    UNION ALL
    WITH node
    WITH node WHERE node:BLOCK
    MATCH (node)<-[:SHOWS]-(s)<-[:HAS_SECTION]-(p)
    WITH p, s LIMIT ${MAX_SHOWING}
    WITH p, s WHERE ${OF_SITE}
    RETURN p, s ORDER BY p.depth, p.n, s.order LIMIT 1
  }
  WITH DISTINCT node, p, s LIMIT ${MAX_TEXTS}
  RETURN p.n AS page, p.titles AS titles, node.n AS block, s.order AS order,
    CASE WHEN s IS NULL THEN [] ELSE ${AROUND} END AS sections`;

interface NameRow extends PageFacts {
  readonly kind: FoundName<number>['kind'];
  readonly fragment: string;
  readonly text: string;
  readonly order: number | null;
  /** Order of the section that the name belongs to. */
  readonly section: number | null;
}

interface TextRow extends PageFacts {
  readonly block: number;
  /** Order of the section; null: it is the page that says it. */
  readonly order: number | null;
}

/** Finds what a question may mean in names, texts and descriptions. */
export async function lookUp(neo4j: Neo4j, query: MatchQuery): Promise<Matches> {
  const { words, documents } = await knownWords(neo4j, query.question.words);
  const facts = new GatheredFacts();
  const found = new Candidates(facts, words);
  const queries = indexQueries(query.question, words, LUCENE);
  const [names, texts] = await Promise.all([
    findNames(neo4j, query, queries.names),
    neo4j.rows<TextRow>(TEXTS, { queries: queries.said, site: query.site }),
  ]);
  addNames(names, facts, found);
  addTexts(texts, facts, found);
  await facts.readAbout(neo4j, found.pages, found.blocks);
  return { documents, words, candidates: found.read() };
}

function findNames(
  neo4j: Neo4j,
  { question, site }: MatchQuery,
  queries: readonly string[],
): Promise<readonly NameRow[]> {
  if (hasGrams(question.phrase)) return neo4j.rows(NAMES, { queries, site });
  return neo4j.rows(SHORT_NAMES, { typed: question.text.normalize('NFC'), site });
}

function addNames(rows: readonly NameRow[], facts: GatheredFacts, found: Candidates<number>): void {
  for (const row of rows) {
    const { page, kind, fragment, text, section } = row;
    facts.addPage(row);
    if (kind === 'link' && section !== null) facts.addAnchor(page, fragment, section);
    if (kind === 'heading') found.addName({ kind, page, fragment, text, order: row.order ?? 0 });
    else found.addName({ kind, page, fragment, text });
  }
}

function addTexts(rows: readonly TextRow[], facts: GatheredFacts, found: Candidates<number>): void {
  for (const row of rows) {
    facts.addPage(row);
    if (row.order === null) found.addPage(row.page);
    else found.addSection(row.page, row.order, row.block);
  }
}
