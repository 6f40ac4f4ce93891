/** The major version in a server's name for itself (`Neo4j/5.26.0`, `Neo4j/2025.01.0`); null if it is of another kind. */
export function serverMajor(agent: string): number | null {
  const major = /^Neo4j\/(\d{1,6})\./.exec(agent)?.[1];
  return major === undefined ? null : Number(major);
}
