import type { Neo4j } from './neo4j.ts';

/** Full-text indexes. What is indexed is folded and cut by us, so the analyser only splits at spaces. */
export const NAME_INDEX = 'waymark_names';
export const TEXT_INDEX = 'waymark_said';
export const WORD_INDEX = 'waymark_words';

const WHITESPACE = "OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace'}}";

/** See docs/graph-schema.md. */
const STATEMENTS: readonly string[] = [
  unique('PLACE', 'url'),
  unique('PLACE', 'n'),
  unique('ROOT', 'url'),
  unique('ROOT', 'id'),
  unique('ROOT', 'n'),
  unique('SUBROOT', 'id'),
  unique('CRAWL', 'id'),
  unique('CRAWL', 'n'),
  unique('VERSION', 'id'),
  unique('SECTION', 'id'),
  unique('BLOCK', 'hash'),
  unique('BLOCK', 'n'),
  unique('NAME', 'id'),
  unique('WORD', 'text'),
  unique('SUMMARY', 'key'),
  unique('BOARD', 'id'),
  unique('GROUP', 'id'),
  unique('COUNTER', 'name'),
  unique('STORE', 'name'),
  'CREATE INDEX waymark_stored IF NOT EXISTS FOR ()-[s:STORED]-() ON (s.crawl, s.n)',
  'CREATE INDEX waymark_stored_place IF NOT EXISTS FOR ()-[s:STORED]-() ON (s.crawl, s.place)',
  'CREATE INDEX waymark_has_page IF NOT EXISTS FOR ()-[h:HAS_PAGE]-() ON (h.site, h.depth, h.n)',
  'CREATE INDEX waymark_page_layout IF NOT EXISTS FOR (p:PAGE) ON (p.template, p.fingerprint)',
  'CREATE INDEX waymark_page_board IF NOT EXISTS FOR (p:PAGE) ON (p.board)',
  `CREATE FULLTEXT INDEX ${NAME_INDEX} IF NOT EXISTS FOR (n:NAME) ON EACH [n.grams] ${WHITESPACE}`,
  `CREATE FULLTEXT INDEX ${TEXT_INDEX} IF NOT EXISTS FOR (n:BLOCK|PAGE) ON EACH [n.words] ${WHITESPACE}`,
  `CREATE FULLTEXT INDEX ${WORD_INDEX} IF NOT EXISTS FOR (n:WORD) ON EACH [n.text] ${WHITESPACE}`,
  'CALL db.awaitIndexes(120)',
];

function unique(label: string, property: string): string {
  const name = `waymark_${label.toLowerCase()}_${property}`;
  return `CREATE CONSTRAINT ${name} IF NOT EXISTS FOR (n:${label}) REQUIRE n.${property} IS UNIQUE`;
}

/** Makes constraints and indexes that are missing. Each statement is a transaction: schema and data do not mix. */
export async function createSchema(neo4j: Neo4j): Promise<void> {
  for (const statement of STATEMENTS) await neo4j.write((run) => run(statement));
}
