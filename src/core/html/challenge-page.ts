import { attribute, type DomElement } from './dom.ts';

/** Characters. A page with more text is an ordinary page, whatever it embeds. */
const MAX_TEXT = 1500;
/** A bare challenge page has at most this much text and this many links, and no field to fill in. */
const MAX_CHALLENGE_TEXT = 500;
const MAX_CHALLENGE_LINKS = 3;

/** URLs, ids and classes that only the interstitials of protection services use. */
const CHALLENGE_SOURCE =
  /\/cdn-cgi\/challenge-platform\/h\/\w\/orchestrate\/|captcha-delivery\.com|\/_incapsula_resource/i;
const CHALLENGE_MARK =
  /\b(?:cf-challenge-running|challenge-form|challenge-running|px-captcha|cf-error-details|main-iframe-incapsula)\b/i;
/** Frames of a visible captcha; ordinary pages embed the invisible kind. */
const CAPTCHA_FRAME =
  /\/recaptcha\/(?!.*size=invisible)|\bhcaptcha\.com\/|challenges\.cloudflare\.com\/turnstile/i;
const CAPTCHA_MARK = /\b(?:g-recaptcha|h-captcha|cf-turnstile)\b/;

const CHALLENGE_TITLE =
  /^(?:just a moment|attention required! \| cloudflare|access denied|access to this page has been denied|pardon our interruption|human verification|ddos-guard|you have been blocked)/i;
const DENIAL_TEXT =
  /you don't have permission to access|incapsula incident id|unusual traffic from your computer network|sorry, you have been blocked|please verify you are (?:a )?human/i;

/** Facts of a finished page that distinguish a challenge page from an ordinary one. */
export interface PageEvidence {
  readonly title: string;
  readonly text: string;
  readonly links: number;
  /** Controls that can be filled in. */
  readonly fields: number;
}

/** Detects challenge pages and pages that deny access. When in doubt, a page counts as an ordinary page. */
export class ChallengeDetector {
  #hasMark = false;

  visit(element: DomElement): void {
    if (this.#hasMark) return;
    if (element.name === 'script') this.#hasMark = CHALLENGE_SOURCE.test(sourceOf(element));
    else if (element.name === 'iframe') this.#hasMark = isChallengeFrame(sourceOf(element));
    else if (element.name === 'div' || element.name === 'form') this.#hasMark = hasChallengeMark(element);
  }

  isBlocked({ title, text, links, fields }: PageEvidence): boolean {
    if (text.length > MAX_TEXT) return false;
    if (CHALLENGE_TITLE.test(title) && (this.#hasMark || links <= 1)) return true;
    if (DENIAL_TEXT.test(text) && links <= 2) return true;
    const isBare = text.length <= MAX_CHALLENGE_TEXT && links <= MAX_CHALLENGE_LINKS && fields === 0;
    return this.#hasMark && isBare;
  }
}

function sourceOf(element: DomElement): string {
  return attribute(element, 'src')?.slice(0, 1000) ?? '';
}

function isChallengeFrame(source: string): boolean {
  return CHALLENGE_SOURCE.test(source) || CAPTCHA_FRAME.test(source);
}

function hasChallengeMark(element: DomElement): boolean {
  const marks = `${attribute(element, 'id') ?? ''} ${attribute(element, 'class') ?? ''}`;
  return marks.length > 1 && (CHALLENGE_MARK.test(marks) || CAPTCHA_MARK.test(marks));
}
