/** Version of the layout below; a file with another one is refused. */
export const SCHEMA_VERSION = 7;

/** States of a URL as they are stored. A waiting URL is a pending one whose backoff has not ended. */
export const STATE = { ready: 0, waiting: 1, active: 2, done: 3, failed: 4, skipped: 5 } as const;

/** Stands in a block for the page that the block is on, so that pages can share a block that links to its own page. */
export const OWN_PAGE = 0;

/** Kinds of names as they are stored. */
export const NAME = { title: 0, heading: 1, link: 2 } as const;

export const SCHEMA = `
CREATE TABLE IF NOT EXISTS store (only INTEGER PRIMARY KEY CHECK (only = 1), id TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS crawl (
  k INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  control TEXT NOT NULL DEFAULT 'running',
  closed TEXT,
  max_pages INTEGER, max_urls INTEGER NOT NULL DEFAULT 0, max_depth INTEGER,
  found INTEGER NOT NULL DEFAULT 0, done INTEGER NOT NULL DEFAULT 0, failed INTEGER NOT NULL DEFAULT 0,
  skipped INTEGER NOT NULL DEFAULT 0, pending INTEGER NOT NULL DEFAULT 0, active INTEGER NOT NULL DEFAULT 0,
  overflow INTEGER NOT NULL DEFAULT 0, reopened INTEGER NOT NULL DEFAULT 0, revision INTEGER NOT NULL DEFAULT 0,
  site INTEGER, started_at INTEGER, finished_at INTEGER
) STRICT;
CREATE INDEX IF NOT EXISTS crawl_site ON crawl (site, k) WHERE site IS NOT NULL;

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
  reopened INTEGER NOT NULL DEFAULT 0,
  status INTEGER,
  spellings TEXT,
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

CREATE TABLE IF NOT EXISTS crawl_board (
  crawl INTEGER NOT NULL, pattern TEXT NOT NULL, revision INTEGER NOT NULL, track TEXT NOT NULL,
  PRIMARY KEY (crawl, pattern)
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
  changes TEXT, amendments INTEGER NOT NULL DEFAULT 0,
  priority INTEGER NOT NULL DEFAULT 0,
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
CREATE INDEX IF NOT EXISTS task_owner ON task (owner) WHERE owner IS NOT NULL;

CREATE TABLE IF NOT EXISTS event (
  n INTEGER PRIMARY KEY AUTOINCREMENT,
  task TEXT NOT NULL,
  type TEXT NOT NULL,
  at INTEGER NOT NULL,
  data TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS event_task ON event (task, n);
CREATE TABLE IF NOT EXISTS event_trim (task TEXT PRIMARY KEY, dropped_to INTEGER NOT NULL, kept INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS event_trim_kept ON event_trim (task) WHERE kept > 0;

CREATE TABLE IF NOT EXISTS webhook (
  task TEXT PRIMARY KEY,
  state TEXT NOT NULL,
  due_at INTEGER,
  token TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS webhook_due ON webhook (due_at) WHERE due_at IS NOT NULL;

CREATE TABLE IF NOT EXISTS place (k INTEGER PRIMARY KEY, url TEXT NOT NULL UNIQUE, alias_of INTEGER) STRICT;
CREATE INDEX IF NOT EXISTS place_alias ON place (alias_of) WHERE alias_of IS NOT NULL;
CREATE TABLE IF NOT EXISTS site (
  k INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, url TEXT NOT NULL UNIQUE, created_at INTEGER NOT NULL,
  summary TEXT, summary_variant TEXT
) STRICT;
CREATE TABLE IF NOT EXISTS site_page (
  site INTEGER NOT NULL, place INTEGER NOT NULL, depth INTEGER NOT NULL, PRIMARY KEY (site, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS site_page_place ON site_page (place, site);
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
  first_seen INTEGER NOT NULL, gone_since INTEGER, version INTEGER NOT NULL,
  headings TEXT NOT NULL, actions TEXT NOT NULL, forms TEXT NOT NULL,
  summary TEXT, summary_variant TEXT
) STRICT;
CREATE TABLE IF NOT EXISTS crawl_page (
  -- AUTOINCREMENT: a number that was read past is not given to another page once its own is taken away.
  n INTEGER PRIMARY KEY AUTOINCREMENT, crawl INTEGER NOT NULL, place INTEGER NOT NULL, version INTEGER NOT NULL,
  UNIQUE (crawl, place)
) STRICT;
CREATE INDEX IF NOT EXISTS crawl_page_version ON crawl_page (version);
CREATE TABLE IF NOT EXISTS page_version (
  k INTEGER PRIMARY KEY, place INTEGER NOT NULL, hash TEXT NOT NULL, title TEXT NOT NULL,
  sections TEXT,
  UNIQUE (place, hash)
) STRICT;
CREATE TABLE IF NOT EXISTS block (
  k INTEGER PRIMARY KEY,
  hash TEXT NOT NULL UNIQUE,
  text TEXT NOT NULL,
  summary TEXT, summary_variant TEXT
) STRICT;
CREATE TABLE IF NOT EXISTS section (
  place INTEGER NOT NULL, ord INTEGER NOT NULL,
  id TEXT NOT NULL, path TEXT NOT NULL, type TEXT NOT NULL, parent INTEGER,
  heading TEXT, anchor TEXT, label TEXT, block INTEGER NOT NULL, toll INTEGER NOT NULL, created_at INTEGER NOT NULL,
  PRIMARY KEY (place, ord)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS section_block ON section (block, place, ord, toll);
CREATE TABLE IF NOT EXISTS past_section (
  place INTEGER NOT NULL, path TEXT NOT NULL, ord INTEGER NOT NULL,
  id TEXT NOT NULL, type TEXT NOT NULL, heading TEXT, anchor TEXT, label TEXT, block INTEGER NOT NULL,
  created_at INTEGER NOT NULL, last_seen INTEGER NOT NULL,
  PRIMARY KEY (place, path)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS block_link (
  block INTEGER NOT NULL, ord INTEGER NOT NULL,
  target INTEGER NOT NULL, fragment TEXT NOT NULL, text TEXT NOT NULL, role TEXT NOT NULL, rel TEXT NOT NULL,
  cost INTEGER NOT NULL,
  PRIMARY KEY (block, ord)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS block_link_target ON block_link (target, block, ord, cost) WHERE target > ${OWN_PAGE};

CREATE TABLE IF NOT EXISTS page_layout (
  place INTEGER PRIMARY KEY, template TEXT NOT NULL, fingerprint TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS page_layout_key ON page_layout (template, fingerprint, place);
CREATE TABLE IF NOT EXISTS page_board (
  place INTEGER PRIMARY KEY,
  pattern TEXT NOT NULL, first INTEGER NOT NULL, step INTEGER NOT NULL, page INTEGER NOT NULL, last INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS page_board_order ON page_board (pattern, page, place);
CREATE TABLE IF NOT EXISTS board (
  k INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, site INTEGER NOT NULL,
  pattern TEXT NOT NULL, strategy TEXT NOT NULL, total INTEGER,
  checked INTEGER NOT NULL, repeats INTEGER NOT NULL, pages INTEGER NOT NULL, at INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS board_order ON board (site, coalesce(total, pages) DESC, pattern);
CREATE TABLE IF NOT EXISTS board_page (
  board INTEGER NOT NULL, ord INTEGER NOT NULL, page INTEGER NOT NULL, place INTEGER NOT NULL,
  PRIMARY KEY (board, ord)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS layout_group (
  k INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, site INTEGER NOT NULL,
  name TEXT NOT NULL, pattern TEXT NOT NULL, fingerprint TEXT NOT NULL,
  pages INTEGER NOT NULL, examples TEXT NOT NULL, at INTEGER NOT NULL,
  summary TEXT, summary_variant TEXT
) STRICT;
CREATE INDEX IF NOT EXISTS layout_group_id ON layout_group (site, id);
CREATE INDEX IF NOT EXISTS layout_group_order ON layout_group (site, pages DESC, pattern, fingerprint);
CREATE TABLE IF NOT EXISTS group_layout (
  grp INTEGER NOT NULL, template TEXT NOT NULL, fingerprint TEXT NOT NULL, PRIMARY KEY (grp, template, fingerprint)
) STRICT, WITHOUT ROWID;

CREATE INDEX IF NOT EXISTS crawl_page_order ON crawl_page (crawl);
CREATE TABLE IF NOT EXISTS summary (key TEXT PRIMARY KEY, text TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS crawl_summaries (
  crawl INTEGER PRIMARY KEY,
  made INTEGER NOT NULL DEFAULT 0, calls INTEGER NOT NULL DEFAULT 0, tokens INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE IF NOT EXISTS name (
  k INTEGER PRIMARY KEY, rank INTEGER NOT NULL,
  place INTEGER NOT NULL, kind INTEGER NOT NULL, fragment TEXT NOT NULL, text TEXT NOT NULL,
  ord INTEGER, block INTEGER,
  UNIQUE (place, kind, fragment, text)
) STRICT;
CREATE VIRTUAL TABLE IF NOT EXISTS name_index USING fts5 (
  name, tokenize = 'trigram', content = '', contentless_delete = 1
);
CREATE VIRTUAL TABLE IF NOT EXISTS said_index USING fts5 (
  words, tokenize = 'unicode61 remove_diacritics 0', content = '', contentless_delete = 1, detail = none
);
CREATE TABLE IF NOT EXISTS said_rank (k INTEGER PRIMARY KEY, rank INTEGER NOT NULL) STRICT;
CREATE VIRTUAL TABLE IF NOT EXISTS said_word USING fts5vocab (said_index, row);
CREATE TABLE IF NOT EXISTS spelling (word TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
`;
