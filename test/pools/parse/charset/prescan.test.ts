import { describe, expect, it } from 'vitest';
import { prescan } from '../../../../pools/parse/charset/prescan.ts';

function scan(markup: string): string | null {
  return prescan(Buffer.from(markup, 'latin1'));
}

describe('prescan (HTML §13.2.3.2)', () => {
  it.each([
    ['<meta charset=euc-kr>', 'euc-kr'],
    ["<META CHARSET = 'EUC-KR' >", 'euc-kr'],
    ['<html><head><title>t</title><meta name=x content="charset=big5"><meta charset="gbk">', 'gbk'],
    ['<meta http-equiv="Content-Type" content="text/html; charset=shift_jis">', 'shift_jis'],
    ['<meta content="text/html;charset=\'euc-jp\'" http-equiv=content-type>', 'euc-jp'],
    ['<meta content="text/html; charset=euc-jp">', null],
    ['<!-- <meta charset="big5"> --><meta charset="euc-kr">', 'euc-kr'],
    ['<!--><meta charset="euc-kr">', 'euc-kr'],
    ['<a title="<meta charset=big5>"><meta charset="euc-kr">', 'euc-kr'],
    ['</p x="<meta charset=big5>"', null],
    ['<meta charset="utf-16">', 'utf-8'],
    ['<meta charset="bogus"><meta charset="euc-kr">', 'euc-kr'],
    ['<metadata charset="euc-kr">', null],
    ['<meta charset="big5" charset="euc-kr">', 'big5'],
    ['<?xml version="1.0" encoding="euc-kr"?><html>', 'euc-kr'],
    ['<?xml version="1.0" encoding="euc-kr"?><meta charset="big5">', 'big5'],
    ['<meta charset="euc-kr', null],
    ['no markup', null],
    ['', null],
  ])('%s', (markup, charset) => {
    expect(scan(markup)).toBe(charset);
  });

  it('looks at the first 1024 bytes', () => {
    const meta = '<meta charset="euc-kr">';
    expect(scan(' '.repeat(1024 - meta.length) + meta)).toBe('euc-kr');
    expect(scan(' '.repeat(1024 - meta.length + 6) + meta)).toBeNull();
  });
});
