/** A table in Markdown; `|` and line breaks in the cells are made harmless. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function cell(content: string): string {
  return content.replaceAll('|', '\\|').replace(/\s+/g, ' ');
}
