export const SECTION_HEAD = 's {.id, .order, .path, .type, .heading, .anchor, .label}';

/** From a URL to the place `p` that it leads to. */
export const LED_TO = `
  MATCH (asked:PLACE {url: $url})
  OPTIONAL MATCH (asked)-[:ALIAS_OF]->(led)
  WITH coalesce(led, asked) AS p`;
