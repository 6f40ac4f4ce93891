import type { StoredPage } from '../../../model/page.ts';
import type { StoredSection } from '../../../model/section.ts';
import { int, intOrNull, type Row, text, textOrNull } from './rows.ts';

export function pageRow(row: Row): StoredPage {
  return {
    url: text(row, 'url'),
    title: text(row, 'title'),
    description: textOrNull(row, 'description'),
    language: textOrNull(row, 'language'),
    depth: int(row, 'depth'),
    status: int(row, 'status'),
    via: text(row, 'via') as StoredPage['via'],
    contentHash: text(row, 'content_hash'),
    firstSeen: int(row, 'first_seen'),
    fetchedAt: int(row, 'fetched_at'),
    removedSince: intOrNull(row, 'gone_since'),
    sections: int(row, 'sections'),
    links: int(row, 'links'),
    summary: textOrNull(row, 'summary'),
  };
}

/** @param row with `last_seen`, the time of its page for what is on it now. */
export function sectionRow(row: Row): StoredSection {
  return {
    id: text(row, 'id'),
    order: int(row, 'ord'),
    path: text(row, 'path'),
    type: text(row, 'type'),
    heading: textOrNull(row, 'heading'),
    anchor: textOrNull(row, 'anchor'),
    label: textOrNull(row, 'label'),
    text: text(row, 'text'),
    summary: textOrNull(row, 'summary'),
    firstSeen: int(row, 'created_at'),
    lastSeen: int(row, 'last_seen'),
  };
}
