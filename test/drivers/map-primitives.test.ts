import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const SQLITE = 'src/drivers/sqlite/map';
const NEO4J = 'src/drivers/neo4j';

function sourcesIn(folder: string): readonly (readonly [file: string, text: string])[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => [join(folder, file), readFileSync(join(folder, file), 'utf8')]);
}

/** Names of a folder's numeric constants. */
function limitsIn(folder: string): ReadonlySet<string> {
  const names = sourcesIn(folder).flatMap(([, text]) =>
    [...text.matchAll(/^(?:export )?const ([A-Z\d_]+) = -?[\d_.]+;/gm)].map(([, name = '']) => name),
  );
  return new Set(names);
}

describe('the stores of the map', () => {
  it('share no limit: what both bound is a rule, and stands in src/core/map', () => {
    const inNeo4j = limitsIn(NEO4J);
    expect([...limitsIn(SQLITE)].filter((name) => inNeo4j.has(name))).toEqual([]);
  });

  it('know no cursor and cut no list for a caller', () => {
    const withRules = [...sourcesIn(SQLITE), ...sourcesIn(NEO4J)]
      .filter(([, text]) => /number-cursor|\bcursor\b|ListQuery/.test(text))
      .map(([file]) => file);
    expect(withRules).toEqual([]);
  });
});
