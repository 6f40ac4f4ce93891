import { attribute, type DomElement, roleOf } from './dom.ts';

/** Roles that can be activated or filled in (WAI-ARIA 1.2 §5.3.2), links apart. */
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

/** Roles that a link may take and still be a link. */
const LINK_ROLES = new Set(['button', 'menuitem', 'tab', 'option', 'treeitem']);

const RUNS_SCRIPT = /^\s*javascript:/i;

/** What kind of control the element is, by its role or its tag; null if it is none. */
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

/** The role under which assistive technology announces a link. */
export function linkRoleOf(element: DomElement): string {
  if (element.name === 'iframe' || element.name === 'frame') return 'frame';
  const role = roleOf(element);
  return role !== null && LINK_ROLES.has(role) ? role : 'link';
}

/** A button in a form submits it unless its type says otherwise (HTML §4.10.6). */
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
