import { readPage } from '../../src/core/html/read-page.ts';
import type { ParsedPage } from '../../src/model/parsed-page.ts';
import type { ParseJob } from '../../src/ports/parse-pool.ts';
import { decodeBody } from './charset/decode-body.ts';
import { parseDocument } from './parse-document.ts';

/**
 * Decodes, parses and reads one page. A body that is a string comes from a browser: it is decoded, and its scripts
 * have run.
 */
export function parseJob({ url, body, charset: header, scope }: ParseJob): ParsedPage {
  const scripting = typeof body === 'string';
  const { text, charset } = scripting ? { text: body, charset: 'utf-8' } : decodeBody(body, header);
  return readPage(parseDocument(text, scripting), { url, charset, scripting, scope });
}
