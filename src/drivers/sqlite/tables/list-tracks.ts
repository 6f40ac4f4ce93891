import type { ListTrack } from '../../../model/paginated-list.ts';
import type { SqliteFile } from '../sqlite-file.ts';
import { type Row, text } from './rows.ts';

/** What is kept of the boards with these patterns. */
export function readListTracks(
  file: SqliteFile,
  crawl: number,
  patterns: readonly string[],
): readonly ListTrack[] {
  return patterns.flatMap((pattern) => {
    const row = file
      .sql('SELECT track FROM crawl_board WHERE crawl = ? AND pattern = ?')
      .get(crawl, pattern) as Row | undefined;
    return row === undefined ? [] : [JSON.parse(text(row, 'track')) as ListTrack];
  });
}

/** Answers false, and keeps what is kept, if the track does not follow on it. */
export function saveListTrack(file: SqliteFile, crawl: number, track: ListTrack): boolean {
  const { pattern, revision } = track;
  const { changes } =
    revision === 1
      ? file
          .sql(
            'INSERT INTO crawl_board (crawl, pattern, revision, track) VALUES (?, ?, 1, ?) ON CONFLICT DO NOTHING',
          )
          .run(crawl, pattern.url, JSON.stringify(track))
      : file
          .sql(
            'UPDATE crawl_board SET revision = ?, track = ? WHERE crawl = ? AND pattern = ? AND revision = ?',
          )
          .run(revision, JSON.stringify(track), crawl, pattern.url, revision - 1);
  return changes === 1;
}
