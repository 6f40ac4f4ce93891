import type { ParsedAction, ParsedForm } from '../../model/parsed-page.ts';
import { type AccessibleNames, controlName, folded } from './accessible-name.ts';
import { attribute, type DomElement, roleOf } from './dom.ts';
import type { TextRange } from './page-text.ts';
import type { SectionDraft } from './section-draft.ts';

/** Roles that a visitor can activate or fill in (WAI-ARIA 1.2 §5.3.2), except links. */
const ACTIVE_ROLES = new Set([
  'button',
  'checkbox',
  'combobox',
  'listbox',
  'menuitem',
  'menuitemcheckbox',
  'menuitemradio',
  'option',
  'radio',
  'searchbox',
  'slider',
  'spinbutton',
  'switch',
  'tab',
  'textbox',
  'treeitem',
]);

const INPUT_ROLES: ReadonlyMap<string, string | null> = new Map<string, string | null>([
  ['hidden', null],
  ['submit', 'submit'],
  ['image', 'submit'],
  ['button', 'button'],
  ['reset', 'button'],
  ['checkbox', 'checkbox'],
  ['radio', 'radio'],
  ['search', 'searchbox'],
  ['number', 'spinbutton'],
  ['range', 'slider'],
  ['file', 'file'],
]);

const RUNS_SCRIPT = /^\s*javascript:/i;

/** The control's role, from `role` or the tag; null if the element is no control. */
export function actionRoleOf(element: DomElement, inForm: boolean): string | null {
  const role = roleOf(element);
  if (role !== null && ACTIVE_ROLES.has(role) && !isHiddenInput(element)) return role;
  switch (element.name) {
    case 'button':
      return buttonRole(element, inForm);
    case 'input':
      return inputRole(element);
    case 'select':
      return attribute(element, 'multiple') === null ? 'combobox' : 'listbox';
    case 'textarea':
      return 'textbox';
    case 'summary':
      return 'button';
    case 'a':
      return RUNS_SCRIPT.test(attribute(element, 'href') ?? '') ? 'button' : null;
    default:
      return null;
  }
}

/** A button in a form submits it unless its type is `button` or `reset` (HTML §4.10.6). */
function buttonRole(element: DomElement, inForm: boolean): string {
  const type = attribute(element, 'type')?.toLowerCase() ?? '';
  return inForm && type !== 'button' && type !== 'reset' ? 'submit' : 'button';
}

function inputRole(element: DomElement): string | null {
  const role = INPUT_ROLES.get(attribute(element, 'type')?.toLowerCase() ?? '');
  return role === undefined ? 'textbox' : role;
}

function isHiddenInput(element: DomElement): boolean {
  return element.name === 'input' && inputRole(element) === null;
}

/** Maximum number of controls of a page. */
export const MAX_ACTIONS = 10_000;
/** Maximum number of forms of a page. */
export const MAX_FORMS = 1000;

interface ActionDraft {
  readonly element: DomElement;
  readonly role: string;
  readonly section: SectionDraft;
  readonly form: DomElement | null;
  /** Null for controls that hold no text of their own. */
  readonly content: TextRange | null;
  /** Text of the label around the control. */
  readonly label: TextRange | null;
}

interface FormDraft {
  readonly element: DomElement;
  readonly section: SectionDraft;
}

/** Collects the forms and controls of a page. `finish` names them, when all labels are known. */
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

  /** Actions and forms. Call it when the sections have their final order. `base` is the page's base URL. */
  finish(
    base: string,
    names: AccessibleNames,
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
  names: AccessibleNames,
): ParsedAction {
  return { role, name: controlName(element, content, label, names), section: section.order };
}

function finishForm(
  { element, section }: FormDraft,
  fields: readonly ParsedAction[],
  base: string,
  names: AccessibleNames,
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
