import { AccessibleNames } from './accessible-name.ts';
import { ActionCollector, actionRoleOf } from './action-collector.ts';
import { ChallengeDetector } from './challenge-page.ts';
import { CurrentMarks, isCurrent } from './current-marks.ts';
import { attribute, type DomElement, type DomVisitor } from './dom.ts';
import { hidesContent, isBlock, isIgnored, showsContent } from './element-rendering.ts';
import { AnchorTracker, HeadingCollector, headingLevelOf } from './heading-collector.ts';
import { hrefOf, isLinkElement, LinkCollector } from './link-collector.ts';
import { PageMeta } from './page-meta.ts';
import { PageText, type TextRange } from './page-text.ts';
import { SectionTree } from './section-tree.ts';
import { isSectioning, sectionTypeOf } from './section-type.ts';

/**
 * Extracts a page in one pass: passes each element to the collectors of sections, headings, links and controls, and runs
 * their close handlers when it ends. Collectors resolve and name nothing before the end of the page.
 */
export class PageReader implements DomVisitor {
  readonly pageText = new PageText();
  readonly names = new AccessibleNames(this.pageText);
  readonly sections = new SectionTree(this.pageText.visible);
  readonly headings = new HeadingCollector();
  readonly links = new LinkCollector();
  readonly actions = new ActionCollector();
  readonly current = new CurrentMarks();
  readonly meta = new PageMeta();
  readonly challenge = new ChallengeDetector();
  readonly #anchors = new AnchorTracker();
  readonly #closeHandlers = new CloseHandlers();
  readonly #forms: DomElement[] = [];
  readonly #labels: TextRange[] = [];
  readonly #scripting: boolean;
  /** Number of open elements whose content is a name: links, headings, buttons, labels. */
  #naming = 0;
  #sectioning = 0;

  /** `scripting`: the page comes from a browser that runs scripts, so its `noscript` content is not visible. */
  constructor(scripting: boolean) {
    this.#scripting = scripting;
  }

  enter(element: DomElement): boolean {
    this.meta.visit(element);
    this.challenge.visit(element);
    if (isBlock(element.name)) this.pageText.break();
    const id = attribute(element, 'id');
    if (id !== null) this.names.addId(id, element);
    const isRead = this.#isRead(element);
    if (isRead) this.#enterContent(element);
    else if (element.name === 'title') this.#addIconTitle(element);
    if (isLinkElement(element.name)) this.#enterLink(element);
    this.#enterControl(element);
    return isRead;
  }

  leave(element: DomElement): void {
    this.#closeHandlers.run(element);
    if (isBlock(element.name)) this.pageText.break();
  }

  text(data: string): void {
    if (this.sections.innermostType === null && !this.pageText.isHidden && /\S/.test(data)) {
      this.sections.current();
    }
    this.pageText.write(data);
  }

  #isRead(element: DomElement): boolean {
    return !isIgnored(element.name) && !(this.#scripting && element.name === 'noscript');
  }

  #enterContent(element: DomElement): void {
    if (hidesContent(element)) this.#hide(element);
    else if (showsContent(element)) this.#show(element);
    this.#enterSection(element);
    this.#enterHeading(element);
    if (isCurrent(element)) this.current.add(this.sections.current(), this.#nameRange(element));
    this.#anchors.visit(element, this.pageText.visible.length);
    if (element.name === 'label') this.#enterLabel(element);
    else if (element.name === 'form') this.#enterForm(element);
    else if (element.name === 'caption' || element.name === 'legend') this.#enterTitle(element);
    if (this.#naming > 0) this.#addNestedName(element);
  }

  #hide(element: DomElement): void {
    this.pageText.hide();
    this.#closeHandlers.add(element, () => this.pageText.show());
  }

  #show(element: DomElement): void {
    this.pageText.show();
    this.#closeHandlers.add(element, () => this.pageText.hide());
  }

  #enterSection(element: DomElement): void {
    const around = { inSectioning: this.#sectioning > 0, within: this.sections.innermostType };
    const type = sectionTypeOf(element, around);
    if (type !== null && this.sections.open(element, type)) {
      this.#closeHandlers.add(element, () => this.sections.close(element));
    }
    if (!isSectioning(element)) return;
    this.#sectioning++;
    this.#closeHandlers.add(element, () => this.#sectioning--);
  }

  #enterHeading(element: DomElement): void {
    const level = headingLevelOf(element);
    if (level === 0 || this.pageText.isHidden || !this.headings.accepts(element)) return;
    const anchor = this.#anchors.fragmentOf(element, this.pageText.visible.length);
    const heading = { level, text: '', anchor };
    const section = this.sections.addHeading(heading);
    this.headings.add(heading, section, this.#nameRange(element));
  }

  #enterLabel(element: DomElement): void {
    const range = this.#nameRange(element);
    const control = attribute(element, 'for');
    if (control !== null) this.names.addLabel(control, range);
    this.#labels.push(range);
    this.#closeHandlers.add(element, () => this.#labels.pop());
  }

  #enterForm(element: DomElement): void {
    this.actions.addForm(element, this.sections.current());
    this.#forms.push(element);
    this.#closeHandlers.add(element, () => this.#forms.pop());
  }

  #enterTitle(element: DomElement): void {
    this.sections.setTitle(this.#nameRange(element));
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

  /** The range of the element's content, used as a name. */
  #nameRange(element: DomElement): TextRange {
    const range = this.pageText.open();
    this.#naming++;
    this.#closeHandlers.add(element, () => {
      this.#naming--;
      this.pageText.close(range);
    });
    return range;
  }

  /** Adds the text of a picture, or an inner label that may name an element without visible text. */
  #addNestedName(element: DomElement): void {
    if (element.name === 'img') {
      this.pageText.break();
      this.text(attribute(element, 'alt') ?? '');
      this.pageText.break();
    } else {
      const label = attribute(element, 'aria-label');
      if (label !== null) this.pageText.writeHidden(label);
    }
  }

  #addIconTitle(title: DomElement): void {
    if (this.#naming > 0) this.pageText.writeHidden(title.children[0]?.data ?? '');
  }
}

/** A link to another URL is only a link; a link to `#` may also be a control. */
function leadsElsewhere(element: DomElement): boolean {
  const href = hrefOf(element);
  return href !== null && !href.trimStart().startsWith('#');
}

interface CloseHandler {
  readonly element: DomElement;
  readonly act: () => void;
}

/** Actions to run when open elements end, in reverse order of registration. */
class CloseHandlers {
  readonly #stack: CloseHandler[] = [];

  /** `act` runs when `element` ends; it must be the innermost open element. */
  add(element: DomElement, act: () => void): void {
    this.#stack.push({ element, act });
  }

  run(element: DomElement): void {
    while (this.#stack.at(-1)?.element === element) this.#stack.pop()?.act();
  }
}
