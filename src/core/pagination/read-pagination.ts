import type { ParsedPagination } from '../../model/pagination.ts';
import { detectPagination } from './detect-pagination.ts';
import { listHash } from './list-content.ts';
import { valueIn } from './page-slot.ts';
import type { PaginationSource } from './pagination.ts';

/** The pagination of a page, with what its list holds; null if it shows none. */
export function readPagination(source: PaginationSource): ParsedPagination | null {
  const pagination = detectPagination(source);
  if (pagination === null) return null;
  const { pattern, next, prev } = pagination;
  const isListPage = (url: string) =>
    url === next || url === prev || (pattern !== null && valueIn(pattern.url, url) !== null);
  return { ...pagination, listHash: listHash(source, isListPage) };
}
