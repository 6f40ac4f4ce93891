import { ActionCollector } from './action-collector.ts';
import { actionRoleOf } from './action-role.ts';
import { AnchorTrail } from './anchor-trail.ts';
import { isBlock } from './block-element.ts';
import { ChallengeDetector } from './challenge-page.ts';
import { CurrentMarks, isCurrent } from './current-marks.ts';
import { attribute, type DomElement } from './dom.ts';
import { Endings } from './endings.ts';
import { HeadingCollector, headingLevelOf } from './heading-collector.ts';
import { isConcealing, isRevealing, isUnread } from './hidden.ts';
import { hrefOf, isLinkElement, LinkCollector } from './link-collector.ts';
import { NameSources } from './name-sources.ts';
import { PageMeta } from './page-meta.ts';
import { PageText, type TextRange } from './page-text.ts';
import { SectionTree } from './section-tree.ts';
import { isSectioning, sectionTypeOf } from './section-type.ts';
import type { DomVisitor } from './walk.ts';

/**
 * Reads a page in one pass: hands each element to those who collect sections, headings, links and controls, and
 * tells them when it ends. Nothing is resolved or named before the whole page was read.
 */
export class PageReader implements DomVisitor {
  readonly pageText = new PageText();
  readonly names = new NameSources(this.pageText);
  readonly sections = new SectionTree(this.pageText.shown);
  readonly headings = new HeadingCollector();
  readonly links = new LinkCollector();
  readonly actions = new ActionCollector();
  readonly current = new CurrentMarks();
  readonly meta = new PageMeta();
  readonly watch = new ChallengeDetector();
  readonly #anchors = new AnchorTrail();
  readonly #endings = new Endings();
  readonly #forms: DomElement[] = [];
  readonly #labels: TextRange[] = [];
  readonly #scripting: boolean;
  /** Elements open now whose content is a name: links, headings, buttons, labels. */
  #naming = 0;
  #sectioning = 0;

  /** `scripting`: the page comes from a browser that runs scripts, so that its `noscript` is not shown. */
  constructor(scripting: boolean) {
    this.#scripting = scripting;
  }

  enter(element: DomElement): boolean {
    this.meta.see(element);
    this.watch.see(element);
    if (isBlock(element.name)) this.pageText.break();
    const id = attribute(element, 'id');
    if (id !== null) this.names.addId(id, element);
    const isRead = this.#isRead(element);
    if (isRead) this.#enterContent(element);
    else if (element.name === 'title') this.#takeIconTitle(element);
    if (isLinkElement(element.name)) this.#enterLink(element);
    this.#enterControl(element);
    return isRead;
  }

  leave(element: DomElement): void {
    this.#endings.run(element);
    if (isBlock(element.name)) this.pageText.break();
  }

  text(data: string): void {
    if (this.sections.innermostType === null && !this.pageText.isConcealed && /\S/.test(data)) {
      this.sections.current();
    }
    this.pageText.write(data);
  }

  #isRead(element: DomElement): boolean {
    return !isUnread(element.name) && !(this.#scripting && element.name === 'noscript');
  }

  #enterContent(element: DomElement): void {
    if (isConcealing(element)) this.#conceal(element);
    else if (isRevealing(element)) this.#reveal(element);
    this.#enterSection(element);
    this.#enterHeading(element);
    if (isCurrent(element)) this.current.add(this.sections.current(), this.#nameRange(element));
    this.#anchors.pass(element, this.pageText.shown.length);
    if (element.name === 'label') this.#enterLabel(element);
    else if (element.name === 'form') this.#enterForm(element);
    else if (element.name === 'caption' || element.name === 'legend') this.#enterTitle(element);
    if (this.#naming > 0) this.#takeNameInside(element);
  }

  #conceal(element: DomElement): void {
    this.pageText.conceal();
    this.#endings.add(element, () => this.pageText.reveal());
  }

  #reveal(element: DomElement): void {
    this.pageText.reveal();
    this.#endings.add(element, () => this.pageText.conceal());
  }

  #enterSection(element: DomElement): void {
    const around = { inSectioning: this.#sectioning > 0, within: this.sections.innermostType };
    const type = sectionTypeOf(element, around);
    if (type !== null && this.sections.open(element, type)) {
      this.#endings.add(element, () => this.sections.close(element));
    }
    if (!isSectioning(element)) return;
    this.#sectioning++;
    this.#endings.add(element, () => this.#sectioning--);
  }

  #enterHeading(element: DomElement): void {
    const level = headingLevelOf(element);
    if (level === 0 || this.pageText.isConcealed || !this.headings.takes(element)) return;
    const anchor = this.#anchors.of(element, this.pageText.shown.length);
    const heading = { level, text: '', anchor };
    const section = this.sections.head(heading);
    this.headings.add(heading, section, this.#nameRange(element));
  }

  #enterLabel(element: DomElement): void {
    const range = this.#nameRange(element);
    const control = attribute(element, 'for');
    if (control !== null) this.names.addLabel(control, range);
    this.#labels.push(range);
    this.#endings.add(element, () => this.#labels.pop());
  }

  #enterForm(element: DomElement): void {
    this.actions.addForm(element, this.sections.current());
    this.#forms.push(element);
    this.#endings.add(element, () => this.#forms.pop());
  }

  #enterTitle(element: DomElement): void {
    this.sections.entitle(this.#nameRange(element));
  }

  #enterLink(element: DomElement): void {
    const href = hrefOf(element);
    if (href === null) return;
    this.links.add(element, href, this.sections.current(), this.#nameRange(element));
  }

  #enterControl(element: DomElement): void {
    const role = actionRoleOf(element, this.#forms.length > 0);
    if (role === null || (isLinkElement(element.name) && leadsElsewhere(element))) return;
    this.actions.add({
      element,
      role,
      section: this.sections.current(),
      form: this.#forms.at(-1) ?? null,
      content: this.#isRead(element) ? this.#nameRange(element) : null,
      label: this.#labels.at(-1) ?? null,
    });
  }

  /** The range of the element's content, which is read as a name. */
  #nameRange(element: DomElement): TextRange {
    const range = this.pageText.open();
    this.#naming++;
    this.#endings.add(element, () => {
      this.#naming--;
      this.pageText.close(range);
    });
    return range;
  }

  /** Pictures speak by their text; what else has a label of its own may name an element that shows no text. */
  #takeNameInside(element: DomElement): void {
    if (element.name === 'img') {
      this.pageText.break();
      this.text(attribute(element, 'alt') ?? '');
      this.pageText.break();
    } else {
      const label = attribute(element, 'aria-label');
      if (label !== null) this.pageText.writeConcealed(label);
    }
  }

  #takeIconTitle(title: DomElement): void {
    if (this.#naming > 0) this.pageText.writeConcealed(title.children[0]?.data ?? '');
  }
}

/** A link to another place is a link alone; one to `#` may be a control as well. */
function leadsElsewhere(element: DomElement): boolean {
  const href = hrefOf(element);
  return href !== null && !href.trimStart().startsWith('#');
}
