import type { PageMeta } from './page-meta.ts';

/** Characters of the text in the sample. */
const SAMPLE = 4000;
const LETTER = /\p{L}/gu;
const HANGUL = /[\uac00-\ud7a3]/g;
const KANA = /[\u3040-\u30ff]/g;

/** BCP 47 tag that the page declares; else `ko` or `ja` detected from its script; else null. */
export function languageOf(meta: PageMeta, text: string): string | null {
  const declared = [
    meta.lang,
    meta.property('content-language').split(',', 1)[0] ?? '',
    meta.property('og:locale'),
  ];
  for (const tag of declared) {
    const canonical = tag === null ? null : languageTag(tag);
    if (canonical !== null) return canonical;
  }
  return languageOfScript(text.slice(0, SAMPLE));
}

/** Only Korean uses Hangul, and only Japanese uses kana. Latin and Han letters identify no language. */
function languageOfScript(sample: string): string | null {
  const letters = count(sample, LETTER);
  if (letters === 0) return null;
  if (count(sample, KANA) / letters > 0.1) return 'ja';
  return count(sample, HANGUL) / letters > 0.3 ? 'ko' : null;
}

function languageTag(tag: string): string | null {
  try {
    return Intl.getCanonicalLocales(tag.trim().replaceAll('_', '-'))[0] ?? null;
  } catch {
    return null;
  }
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
