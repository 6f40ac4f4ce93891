import { foldText } from './fold-text.ts';

/** Words that a question is made of and that say little of what it is about. */
const STOP_WORDS: ReadonlySet<string> = new Set(
  `a about am an and are as at be been but by can could do does for from get go had has have how i if in into is it its
   just let like may me my no not of off on or our out over please shall she should show so some take tell than that the
   their them then there these they this those to up us want was we were what when where which who why will with would
   you your page site website section
   및 그 이 저 것 수 좀 어디 어디에 어디서 어떻게 무엇 무슨 언제 누가 왜 있나요 있어요 있는 있습니까 하나요 되나요 알려줘
   알려주세요 보여줘 보여주세요 찾아줘 찾아주세요 가줘 가고 싶어 싶어요 해줘 페이지 사이트`
    .split(/\s+/)
    .map(foldText),
);

export function isStopWord(folded: string): boolean {
  return STOP_WORDS.has(folded);
}
