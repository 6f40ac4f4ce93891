import { describe, expect, it } from 'vitest';
import { isHtml, looksLikeHtml, parseContentType } from '../../../src/core/net/content-type.ts';

describe('parseContentType', () => {
  it.each([
    [null, '', null],
    ['text/html', 'text/html', null],
    ['Text/HTML; Charset="EUC-KR"', 'text/html', 'euc-kr'],
    ['text/html;charset=utf-8;x=y', 'text/html', 'utf-8'],
    ['text/html; boundary=a; charset = windows-1252', 'text/html', 'windows-1252'],
    ['text/html; charset=', 'text/html', null],
    ['nonsense', '', null],
    ['; charset=utf-8', '', 'utf-8'],
  ])('reads %j', (header, mime, charset) => {
    expect(parseContentType(header)).toEqual({ mime, charset });
  });
});

describe('isHtml', () => {
  it.each([
    ['text/html', true],
    ['TEXT/HTML; charset=utf-8', true],
    ['application/xhtml+xml', true],
    ['application/xml', false],
    ['application/pdf', false],
    ['text/htmlx', false],
    ['', false],
  ])('%s: %s', (type, html) => {
    expect(isHtml(type)).toBe(html);
  });
});

describe('looksLikeHtml', () => {
  const utf16 = (text: string) => Uint8Array.of(0xff, 0xfe, ...Buffer.from(text, 'utf16le'));

  it.each([
    ['<!DOCTYPE html>', true],
    ['\n\t <html lang=en>', true],
    ['\u{feff}<head>', true],
    ['<?xml version="1.0"?>\n<html xmlns="http://www.w3.org/1999/xhtml">', true],
    ['<!-- a note -->', true],
    ['<p>text', true],
    ['<pre>text', false],
    ['%PDF-1.7', false],
    ['{"html": true}', false],
    ['text <html>', false],
    ['<?xml version="1.0"?><urlset>', false],
    ['', false],
  ])('%j: %s', (text, html) => {
    expect(looksLikeHtml(Buffer.from(text))).toBe(html);
  });

  it('reads UTF-16 by its mark', () => {
    expect(looksLikeHtml(utf16('<!DOCTYPE html>'))).toBe(true);
    expect(looksLikeHtml(utf16('plain'))).toBe(false);
  });
});
