const BOILERPLATE: ReadonlySet<string> = new Set([
  'header',
  'navigation',
  'footer',
  'search',
  'breadcrumb',
  'pagination',
  'dialog',
  'banner',
]);

/** Whether a section stands in a menu, a footer or the like, told by its structural path: `footer/list[2]`, `navigation#menu`. */
export function isBoilerplate(path: string): boolean {
  return path.split('/').some((step) => BOILERPLATE.has(step.split(/[#[]/, 1)[0] ?? ''));
}
