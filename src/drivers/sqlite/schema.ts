/** Version of the layout below; a file with another one is refused. */
export const SCHEMA_VERSION = 2;

/** States of a URL as they are stored. A waiting URL is a pending one whose backoff has not ended. */
export const STATE = { ready: 0, waiting: 1, active: 2, done: 3, failed: 4, skipped: 5 } as const;

/** Stands in a block for the page that the block is on, so that pages can share a block that links to its own page. */
export const OWN_PAGE = 0;

/** What a page or a place on it is called by, in the order of the columns of their index. */
export const NAME = { title: 0, heading: 1, link: 2 } as const;

export const SCHEMA = `
CREATE TABLE IF NOT EXISTS crawl (
  k INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  control TEXT NOT NULL DEFAULT 'running',
  closed TEXT,
  max_pages INTEGER, max_urls INTEGER NOT NULL DEFAULT 0, max_depth INTEGER,
  found INTEGER NOT NULL DEFAULT 0, done INTEGER NOT NULL DEFAULT 0, failed INTEGER NOT NULL DEFAULT 0,
  skipped INTEGER NOT NULL DEFAULT 0, pending INTEGER NOT NULL DEFAULT 0, active INTEGER NOT NULL DEFAULT 0,
  overflow INTEGER NOT NULL DEFAULT 0,
  site INTEGER, started_at INTEGER,
  pages INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE IF NOT EXISTS crawl_host (
  k INTEGER PRIMARY KEY,
  crawl INTEGER NOT NULL,
  host TEXT NOT NULL,
  ready INTEGER NOT NULL DEFAULT 0,
  UNIQUE (crawl, host)
) STRICT;
CREATE INDEX IF NOT EXISTS crawl_host_ready ON crawl_host (crawl, k) WHERE ready > 0;

CREATE TABLE IF NOT EXISTS url (
  n INTEGER PRIMARY KEY,
  crawl INTEGER NOT NULL,
  url TEXT NOT NULL,
  host INTEGER NOT NULL,
  depth INTEGER NOT NULL,
  state INTEGER NOT NULL,
  by TEXT NOT NULL,
  found_on INTEGER,
  reason TEXT, detail TEXT, target TEXT,
  attempts INTEGER NOT NULL DEFAULT 0,
  not_before INTEGER,
  lease TEXT, owner TEXT, lease_until INTEGER,
  UNIQUE (crawl, url)
) STRICT;
CREATE INDEX IF NOT EXISTS url_order ON url (crawl, n);
CREATE INDEX IF NOT EXISTS url_ready ON url (host, depth, n) WHERE state = ${STATE.ready};
CREATE INDEX IF NOT EXISTS url_waiting ON url (crawl, not_before) WHERE state = ${STATE.waiting};
CREATE INDEX IF NOT EXISTS url_active ON url (crawl, lease_until) WHERE state = ${STATE.active};

CREATE TABLE IF NOT EXISTS identity (
  crawl INTEGER NOT NULL,
  key TEXT NOT NULL,
  url TEXT NOT NULL,
  PRIMARY KEY (crawl, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS gate_host (
  host TEXT PRIMARY KEY,
  next_at INTEGER NOT NULL DEFAULT 0,
  hold_until INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS gate_visit (
  ticket TEXT PRIMARY KEY,
  host TEXT NOT NULL,
  owner TEXT NOT NULL,
  until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS gate_visit_host ON gate_visit (host);

CREATE TABLE IF NOT EXISTS task (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  queue TEXT NOT NULL,
  url TEXT NOT NULL,
  spec TEXT NOT NULL,
  idempotency_key TEXT UNIQUE,
  status TEXT NOT NULL,
  progress INTEGER NOT NULL DEFAULT 0,
  message TEXT NOT NULL DEFAULT '',
  retries INTEGER NOT NULL DEFAULT 0,
  not_before INTEGER NOT NULL DEFAULT 0,
  ran_ms INTEGER NOT NULL DEFAULT 0,
  result TEXT, error TEXT,
  created_at INTEGER NOT NULL, started_at INTEGER, finished_at INTEGER,
  owner TEXT, run_started_at INTEGER, lease_until INTEGER
) STRICT;
CREATE INDEX IF NOT EXISTS task_status ON task (status, n);

CREATE TABLE IF NOT EXISTS event (
  n INTEGER PRIMARY KEY AUTOINCREMENT,
  task TEXT NOT NULL,
  type TEXT NOT NULL,
  at INTEGER NOT NULL,
  data TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS event_task ON event (task, n);
CREATE TABLE IF NOT EXISTS event_trim (task TEXT PRIMARY KEY, dropped_to INTEGER NOT NULL, kept INTEGER NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS place (k INTEGER PRIMARY KEY, url TEXT NOT NULL UNIQUE, alias_of INTEGER) STRICT;
CREATE INDEX IF NOT EXISTS place_alias ON place (alias_of) WHERE alias_of IS NOT NULL;
CREATE TABLE IF NOT EXISTS site (
  k INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, url TEXT NOT NULL UNIQUE, created_at INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS site_page (
  place INTEGER NOT NULL, site INTEGER NOT NULL, depth INTEGER NOT NULL, PRIMARY KEY (place, site)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS site_page_depth ON site_page (site, depth, place);
CREATE TABLE IF NOT EXISTS site_host (
  site INTEGER NOT NULL, host TEXT NOT NULL, pages INTEGER NOT NULL, first_place INTEGER NOT NULL,
  PRIMARY KEY (site, host)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS page (
  place INTEGER PRIMARY KEY,
  title TEXT NOT NULL, description TEXT, language TEXT, charset TEXT NOT NULL,
  depth INTEGER NOT NULL, status INTEGER NOT NULL, via TEXT NOT NULL,
  content_hash TEXT NOT NULL, fetched_at INTEGER NOT NULL, text_length INTEGER NOT NULL,
  sections INTEGER NOT NULL, links INTEGER NOT NULL,
  headings TEXT NOT NULL, actions TEXT NOT NULL, forms TEXT NOT NULL,
  summary TEXT
) STRICT;
CREATE TABLE IF NOT EXISTS crawl_page (
  n INTEGER PRIMARY KEY, crawl INTEGER NOT NULL, place INTEGER NOT NULL, UNIQUE (crawl, place)
) STRICT;
CREATE TABLE IF NOT EXISTS block (
  k INTEGER PRIMARY KEY,
  hash TEXT NOT NULL UNIQUE,
  text TEXT NOT NULL,
  summary TEXT
) STRICT;
CREATE TABLE IF NOT EXISTS section (
  place INTEGER NOT NULL, ord INTEGER NOT NULL,
  id TEXT NOT NULL, path TEXT NOT NULL, type TEXT NOT NULL, parent INTEGER,
  heading TEXT, anchor TEXT, label TEXT, block INTEGER NOT NULL, toll INTEGER NOT NULL, created_at INTEGER NOT NULL,
  PRIMARY KEY (place, ord)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS section_block ON section (block, place, ord, toll);
CREATE TABLE IF NOT EXISTS block_link (
  block INTEGER NOT NULL, ord INTEGER NOT NULL,
  target INTEGER NOT NULL, fragment TEXT NOT NULL, text TEXT NOT NULL, role TEXT NOT NULL, rel TEXT NOT NULL,
  cost INTEGER NOT NULL,
  PRIMARY KEY (block, ord)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS block_link_target ON block_link (target, block, ord, cost) WHERE target > ${OWN_PAGE};

CREATE TABLE IF NOT EXISTS name (
  k INTEGER PRIMARY KEY,
  place INTEGER NOT NULL, kind INTEGER NOT NULL, fragment TEXT NOT NULL, text TEXT NOT NULL,
  ord INTEGER, block INTEGER,
  UNIQUE (place, kind, fragment, text)
) STRICT;
CREATE VIRTUAL TABLE IF NOT EXISTS name_index USING fts5 (
  title, heading, link, tokenize = 'trigram', content = '', contentless_delete = 1
);
CREATE VIRTUAL TABLE IF NOT EXISTS said_index USING fts5 (
  words, tokenize = 'unicode61 remove_diacritics 0', content = '', contentless_delete = 1
);
CREATE VIRTUAL TABLE IF NOT EXISTS said_word USING fts5vocab (said_index, row);
`;
