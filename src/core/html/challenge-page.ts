import { attribute, type DomElement } from './dom.ts';

/** A page with more text than this is a page, whatever it embeds. */
const MAX_TEXT = 1500;
/** A page that is nothing but a challenge has hardly more text or links than this, and nothing to fill in. */
const MAX_CHALLENGE_TEXT = 500;
const MAX_CHALLENGE_LINKS = 3;

/** Addresses and marks that only the interstitials of protection services have. */
const CHALLENGE_SOURCE =
  /\/cdn-cgi\/challenge-platform\/h\/\w\/orchestrate\/|captcha-delivery\.com|\/_incapsula_resource/i;
const CHALLENGE_MARK =
  /\b(?:cf-challenge-running|challenge-form|challenge-running|px-captcha|cf-error-details|main-iframe-incapsula)\b/i;
/** Frames of a captcha that is shown; the invisible kind stands on ordinary pages. */
const CAPTCHA_FRAME =
  /\/recaptcha\/(?!.*size=invisible)|\bhcaptcha\.com\/|challenges\.cloudflare\.com\/turnstile/i;
const CAPTCHA_MARK = /\b(?:g-recaptcha|h-captcha|cf-turnstile)\b/;

const CHALLENGE_TITLE =
  /^(?:just a moment|attention required! \| cloudflare|access denied|access to this page has been denied|pardon our interruption|human verification|ddos-guard|you have been blocked)/i;
const DENIAL_TEXT =
  /you don't have permission to access|incapsula incident id|unusual traffic from your computer network|sorry, you have been blocked|please verify you are (?:a )?human/i;

/** What is known of a page once it was read. */
export interface BlockEvidence {
  readonly title: string;
  readonly text: string;
  readonly links: number;
  /** Controls that can be filled in. */
  readonly fields: number;
}

/** Watches for the marks of a page that asks for a captcha or denies access. Cautious: a doubtful page is a page. */
export class ChallengeDetector {
  #isMarked = false;

  see(element: DomElement): void {
    if (this.#isMarked) return;
    if (element.name === 'script') this.#isMarked = CHALLENGE_SOURCE.test(sourceOf(element));
    else if (element.name === 'iframe') this.#isMarked = isChallengeFrame(sourceOf(element));
    else if (element.name === 'div' || element.name === 'form') this.#isMarked = hasChallengeMark(element);
  }

  isBlocked({ title, text, links, fields }: BlockEvidence): boolean {
    if (text.length > MAX_TEXT) return false;
    if (CHALLENGE_TITLE.test(title) && (this.#isMarked || links <= 1)) return true;
    if (DENIAL_TEXT.test(text) && links <= 2) return true;
    const isBare = text.length <= MAX_CHALLENGE_TEXT && links <= MAX_CHALLENGE_LINKS && fields === 0;
    return this.#isMarked && isBare;
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
