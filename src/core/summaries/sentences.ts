const MAX_SENTENCES = 80;

const english = new Intl.Segmenter('en', { granularity: 'sentence' });
const korean = new Intl.Segmenter('ko', { granularity: 'sentence' });
/** After these a stop does not end the sentence (UAX #29 knows no abbreviations). */
const ABBREVIATION = /(?:^|[\s(])(?:e\.g|i\.e|cf|vs|etc|mr|mrs|ms|dr|prof|no|fig|st|approx)\.\s*$/iu;

/** The first sentences of a text, trimmed, at most 80. */
export function sentencesOf(text: string, language: string | null): readonly string[] {
  const segmenter = language?.toLowerCase().startsWith('ko') ? korean : english;
  const sentences: string[] = [];
  let open = '';
  for (const { segment } of segmenter.segment(text)) {
    open += segment;
    if (ABBREVIATION.test(open.slice(-12))) continue;
    if (open.trim() !== '') sentences.push(open.trim());
    open = '';
    if (sentences.length === MAX_SENTENCES) return sentences;
  }
  if (open.trim() !== '') sentences.push(open.trim());
  return sentences;
}
