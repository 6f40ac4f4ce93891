import type { Settings } from '../core/settings.ts';
import type { EmbeddedFile } from './embedded-file.ts';
import { embeddedGraph } from './embedded-graph.ts';
import type { GraphPart } from './graph-part.ts';
import { neo4jGraph } from './neo4j-graph.ts';

/** The map where the settings say: in Neo4j, else in the embedded file. */
export function openGraph(settings: Settings, file: EmbeddedFile): Promise<GraphPart> {
  const { neo4jUrl: url, neo4jUsername: username, neo4jPassword } = settings;
  if (url === null) return embeddedGraph(file);
  return neo4jGraph({ url, username, password: neo4jPassword ?? '' });
}
