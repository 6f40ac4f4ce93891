import { hash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { decodeBody } from '../../../../pools/parse/charset/decode-body.ts';
import { decodeAs } from '../../../../pools/parse/charset/encoding.ts';

/** Bytes from pieces: strings stand for their ASCII (or Latin-1) bytes, numbers for themselves. */
function bytes(...pieces: (string | readonly number[])[]): Uint8Array {
  return Buffer.concat(
    pieces.map((piece) => (typeof piece === 'string' ? Buffer.from(piece, 'latin1') : Buffer.from(piece))),
  );
}

/** 한국어, in EUC-KR. */
const KOREAN = [0xc7, 0xd1, 0xb1, 0xb9, 0xbe, 0xee];
/** 똠방각하 펲시콜라, in CP949: 똠 and 펲 are not in KS X 1001. */
const CP949 = [
  0x8c, 0x63, 0xb9, 0xe6, 0xb0, 0xa2, 0xc7, 0xcf, 0x20, 0xbc, 0x84, 0xbd, 0xc3, 0xc4, 0xdd, 0xb6, 0xf3,
];
/** ひらがなとカタカナ. */
const KANA_SHIFT_JIS = [
  0x82, 0xd0, 0x82, 0xe7, 0x82, 0xaa, 0x82, 0xc8, 0x82, 0xc6, 0x83, 0x4a, 0x83, 0x5e, 0x83, 0x4a, 0x83, 0x69,
];
const KANA_EUC_JP = [
  0xa4, 0xd2, 0xa4, 0xe9, 0xa4, 0xac, 0xa4, 0xca, 0xa4, 0xc8, 0xa5, 0xab, 0xa5, 0xbf, 0xa5, 0xab, 0xa5, 0xca,
];

describe('Korean', () => {
  it.each([
    ['the header', bytes('<p>', CP949), 'EUC-KR'],
    ['the header, by an old name', bytes('<p>', CP949), 'ks_c_5601-1987'],
    ['the header, as CP949', bytes('<p>', CP949), 'cp949'],
    ['a meta', bytes('<html><head><meta charset="euc-kr"><p>', CP949), null],
    [
      'a meta of the old kind',
      bytes('<META http-equiv=Content-Type content="text/html; charset=euc-kr"><p>', CP949),
      null,
    ],
    ['nothing', bytes('<p>', CP949), null],
  ])('declared by %s', (_, body, header) => {
    const { text, charset } = decodeBody(body, header);
    expect(charset).toBe('euc-kr');
    expect(text.endsWith('<p>똠방각하 펲시콜라')).toBe(true);
  });

  it('decodes all 17,048 pairs of CP949 as Python does', () => {
    let text = '';
    for (let lead = 0x81; lead < 0xff; lead++) {
      for (let trail = 0x41; trail < 0xff; trail++) {
        const char = decodeAs(Uint8Array.of(lead, trail), 'euc-kr');
        if (char.length === 1 && char !== '\ufffd') text += char;
      }
    }
    expect(text).toHaveLength(17_048);
    expect(hash('sha256', text)).toBe('f49bf642f090c1ce9815815ce783022b6deebb12346af361db70c72d9d7bb59d');
  });

  it('goes on behind an invalid byte', () => {
    expect(decodeBody(bytes([0xb0], '<b>', KOREAN, [0xff], 'x'), 'euc-kr').text).toBe(
      '\ufffd<b>한국어\ufffdx',
    );
  });

  it('is read in seven bits too', () => {
    const body = bytes([0x1b], '$)C<p>', [0x0e], 'GQ19>n', [0x0f], ' ok');
    expect(decodeBody(body, 'iso-2022-kr')).toEqual({ text: '<p>한국어 ok', charset: 'iso-2022-kr' });
    expect(decodeBody(body, null).charset).toBe('iso-2022-kr');
  });
});

describe('Japanese', () => {
  it.each([
    ['shift_jis', bytes('<p>', KANA_SHIFT_JIS)],
    ['euc-jp', bytes('<p>', KANA_EUC_JP)],
  ])('is told by its kana in %s', (charset, body) => {
    expect(decodeBody(body, null)).toEqual({ text: '<p>ひらがなとカタカナ', charset });
    expect(decodeBody(body, charset)).toEqual({ text: '<p>ひらがなとカタカナ', charset });
  });

  it('is read in seven bits', () => {
    const body = bytes('<p>', [0x1b], '$BF|K\\8l%F%9%H', [0x1b], '(B ok ', [0x1b], '(I64', [0x1b], '(J.');
    expect(decodeBody(body, null)).toEqual({ text: '<p>日本語テスト ok ｶｴ.', charset: 'iso-2022-jp' });
  });
});

describe('order of the sources', () => {
  const utf8 = [...Buffer.from('한', 'utf8')];

  it('puts a byte order mark first, and cuts it off', () => {
    expect(decodeBody(bytes([0xef, 0xbb, 0xbf], utf8), 'euc-kr')).toEqual({ text: '한', charset: 'utf-8' });
    expect(decodeBody(bytes([0xff, 0xfe, 0x5c, 0xd5]), 'utf-8')).toEqual({ text: '한', charset: 'utf-16le' });
    expect(decodeBody(bytes([0xfe, 0xff, 0xd5, 0x5c]), null)).toEqual({ text: '한', charset: 'utf-16be' });
  });

  it('puts the header before the meta, and the meta before the looks', () => {
    expect(decodeBody(bytes('<meta charset="shift_jis">', KOREAN), 'euc-kr').charset).toBe('euc-kr');
    expect(decodeBody(bytes('<meta charset="windows-1251">', KOREAN), null).charset).toBe('windows-1251');
  });

  it.each(['no-such-charset', 'x-user-defined', 'replacement', ''])('passes over the label %j', (label) => {
    expect(decodeBody(bytes('<meta charset="euc-kr">', KOREAN), label).charset).toBe('euc-kr');
    expect(decodeBody(bytes(`<meta charset="${label}"><meta charset="euc-kr">`, KOREAN), null).charset).toBe(
      'euc-kr',
    );
  });

  it.each(['iso-8859-1', 'latin1', 'us-ascii', 'Windows-1252'])('reads %s as windows-1252', (label) => {
    expect(decodeBody(bytes([0x93, 0xe9, 0x94, 0x80]), label)).toEqual({
      text: '“é”€',
      charset: 'windows-1252',
    });
  });
});

describe('without a declaration', () => {
  it.each([
    ['ASCII', bytes('plain'), 'utf-8', 'plain'],
    ['nothing', bytes(), 'utf-8', ''],
    ['UTF-8', bytes([0xc3, 0xa9]), 'utf-8', 'é'],
    ['French', bytes('d\xe9j\xe0 vu, \xe7a va, \xe9t\xe9'), 'windows-1252', 'déjà vu, ça va, été'],
    ['German', bytes('\xc4pfel, \xd6l, \xfcber, Stra\xdfe'), 'windows-1252', 'Äpfel, Öl, über, Straße'],
  ])('tells %s', (_, body, charset, text) => {
    expect(decodeBody(body, null)).toEqual({ text, charset });
  });

  it('keeps to UTF-8 where few bytes are broken', () => {
    const body = bytes([...Buffer.from('안녕하세요 '.repeat(10), 'utf8')], [0xff], 'end');
    expect(decodeBody(body, null)).toEqual({
      text: `${'안녕하세요 '.repeat(10)}\ufffdend`,
      charset: 'utf-8',
    });
  });
});
