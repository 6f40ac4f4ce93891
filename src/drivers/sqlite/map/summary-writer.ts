import type { SummaryBatch, SummaryLevel, SummaryWrite } from '../../../model/summary.ts';
import type { SqliteFile } from '../sqlite-file.ts';
import { TextIndex } from './index-writer.ts';

/** Which table has the summary of a level, with the column of its subject's id. */
const CARRIERS: Readonly<
  Record<SummaryLevel, { readonly table: string; readonly column: 'k' | 'id' | 'place' }>
> = {
  section: { table: 'block', column: 'k' },
  page: { table: 'page', column: 'place' },
  group: { table: 'layout_group', column: 'id' },
  site: { table: 'site', column: 'k' },
};

/** Writes summaries, their words, and what they cost. Its methods run in the caller's transaction. */
export class SummaryWriter {
  readonly #file: SqliteFile;
  readonly #said: TextIndex;

  constructor(file: SqliteFile) {
    this.#file = file;
    this.#said = new TextIndex(file);
  }

  save(crawlId: string, { variant, writes, spending }: SummaryBatch): void {
    for (const write of writes) this.#write(variant, write);
    const { made, calls, tokens } = spending;
    this.#file
      .sql(`INSERT INTO crawl_summaries (crawl, made, calls, tokens) SELECT k, ?, ?, ? FROM crawl WHERE id = ?
        ON CONFLICT (crawl) DO UPDATE SET made = made + excluded.made, calls = calls + excluded.calls,
          tokens = tokens + excluded.tokens`)
      .run(made, calls, tokens, crawlId);
  }

  #write(variant: string, { level, id, text, key }: SummaryWrite): void {
    const { table, column } = CARRIERS[level];
    const subject = column === 'id' ? id : Number(id);
    if (key !== null && text !== null) {
      this.#file.sql('INSERT INTO summary (key, text) VALUES (?, ?) ON CONFLICT DO NOTHING').run(key, text);
      if (level === 'section') this.#said.addBlockSummary(Number(id), text);
      if (level === 'page') this.#said.addPageSummary(Number(id), text);
    }
    this.#file
      .sql(`UPDATE ${table} SET summary = ?, summary_variant = ? WHERE ${column} = ?`)
      .run(text, variant, subject);
  }
}
