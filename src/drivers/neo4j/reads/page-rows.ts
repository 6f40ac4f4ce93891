/** Projections whose maps are rows of the ports. `p` is a page, `s` a section, `b` its block. */
export const PAGE_ROW = `p {.url, .title, .description, .language, .depth, .status, .via, .contentHash, .firstSeen,
  .fetchedAt, removedSince: p.goneSince, .sections, .links, .summary}`;

export const SECTION_HEAD = 's {.id, .order, .path, .type, .heading, .anchor, .label}';

/** With `$preview` characters of the text. */
export const SECTION_ROW = `s {.id, .order, .path, .type, .heading, .anchor, .label, .firstSeen,
  lastSeen: coalesce(s.lastSeen, p.fetchedAt), text: left(b.text, $preview), summary: b.summary}`;

/** From a URL to the place `p` that it leads to. */
export const LED_TO = `
  MATCH (asked:PLACE {url: $url})
  OPTIONAL MATCH (asked)-[:ALIAS_OF]->(led)
  WITH coalesce(led, asked) AS p`;
