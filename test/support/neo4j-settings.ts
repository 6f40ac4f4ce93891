import type { Neo4jAddress } from '../../src/drivers/neo4j/open-neo4j.ts';

/** The settings of a service that stores its map there. */
export function neo4jSettings({ url, username, password }: Neo4jAddress) {
  return { NEO4J_URL: url, NEO4J_USERNAME: username, NEO4J_PASSWORD: password };
}
