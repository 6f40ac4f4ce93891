import type { ParsedAction, ParsedForm } from '../../model/parsed-page.ts';
import { controlName } from './accessible-name.ts';
import { attribute, type DomElement } from './dom.ts';
import { folded, type NameSources } from './name-sources.ts';
import type { TextRange } from './page-text.ts';
import type { SectionDraft } from './section-draft.ts';

/** Controls taken from one page. */
export const MAX_ACTIONS = 10_000;
/** Forms taken from one page. */
export const MAX_FORMS = 1000;

interface ActionDraft {
  readonly element: DomElement;
  readonly role: string;
  readonly section: SectionDraft;
  readonly form: DomElement | null;
  /** Null for controls that hold no text of their own. */
  readonly content: TextRange | null;
  /** Text of the label around it. */
  readonly label: TextRange | null;
}

interface FormDraft {
  readonly element: DomElement;
  readonly section: SectionDraft;
}

/** The forms and controls of a page. They are named at the end, when all labels are known. */
export class ActionCollector {
  readonly #actions: ActionDraft[] = [];
  readonly #forms: FormDraft[] = [];

  add(action: ActionDraft): void {
    if (this.#actions.length >= MAX_ACTIONS) return;
    action.section.isActive = true;
    this.#actions.push(action);
  }

  addForm(element: DomElement, section: SectionDraft): void {
    if (this.#forms.length >= MAX_FORMS) return;
    section.isActive = true;
    this.#forms.push({ element, section });
  }

  /** Actions and forms, once the sections have their final order. `base` is the page's base address. */
  finish(
    base: string,
    names: NameSources,
  ): { readonly actions: readonly ParsedAction[]; readonly forms: readonly ParsedForm[] } {
    const fields = new Map<DomElement, ParsedAction[]>();
    const actions = this.#actions.map((draft) => {
      const action = finishAction(draft, names);
      if (draft.form !== null) listOf(fields, draft.form).push(action);
      return action;
    });
    const forms = this.#forms.map((form) => finishForm(form, fields.get(form.element) ?? [], base, names));
    return { actions, forms };
  }
}

function finishAction(
  { element, role, section, content, label }: ActionDraft,
  names: NameSources,
): ParsedAction {
  return { role, name: controlName(element, content, label, names), section: section.order };
}

function finishForm(
  { element, section }: FormDraft,
  fields: readonly ParsedAction[],
  base: string,
  names: NameSources,
): ParsedForm {
  const name = names.ariaName(element) || folded(attribute(element, 'name'));
  return {
    action: URL.parse(attribute(element, 'action') ?? '', base)?.href ?? base,
    method: attribute(element, 'method')?.trim().toLowerCase() === 'post' ? 'post' : 'get',
    name: name === '' ? null : name,
    fields,
    section: section.order,
  };
}

function listOf(lists: Map<DomElement, ParsedAction[]>, key: DomElement): ParsedAction[] {
  const list = lists.get(key) ?? [];
  lists.set(key, list);
  return list;
}
