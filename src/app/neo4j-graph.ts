import { Neo4jThread } from '../drivers/neo4j/neo4j-thread.ts';
import type { Neo4jAddress } from '../drivers/neo4j/open-neo4j.ts';
import type { GraphPart } from './store-parts.ts';

/** Opens the map in Neo4j. Rejects with a code of `openNeo4j`. */
export async function neo4jGraph(address: Neo4jAddress): Promise<GraphPart> {
  const neo4j = await Neo4jThread.open(address);
  try {
    return {
      graph: neo4j.graph,
      identity: { id: await neo4j.id(), place: `the Neo4j at ${new URL(address.url).host}` },
      name: 'neo4j',
      ping: () => neo4j.ping(),
      close: () => neo4j.close(),
    };
  } catch (error) {
    await neo4j.close();
    throw error;
  }
}
