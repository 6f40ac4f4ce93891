import { describe, expect, it } from 'vitest';
import { read } from './read.ts';

function actions(html: string): string[][] {
  return read(html).actions.map(({ role, name }) => [role, name]);
}

describe('actions', () => {
  it.each([
    ['<button>Save</button>', 'button', 'Save'],
    ['<form><button>Save</button></form>', 'submit', 'Save'],
    ['<form><button type="button">More</button></form>', 'button', 'More'],
    ['<button><img alt="Print"></button>', 'button', 'Print'],
    ['<button title="Close"><i></i></button>', 'button', 'Close'],
    ['<div role="tab">Terms</div>', 'tab', 'Terms'],
    ['<span role="menuitem" aria-label="Cut">x</span>', 'menuitem', 'Cut'],
    ['<div role="switch" aria-labelledby="l"></div><p id="l">Dark</p>', 'switch', 'Dark'],
    ['<details><summary>More</summary>x</details>', 'button', 'More'],
    ['<a href="javascript:open()">Menu</a>', 'button', 'Menu'],
    ['<a role="button" href="#">Toggle</a>', 'button', 'Toggle'],
    ['<input type="submit" value="Send">', 'submit', 'Send'],
    ['<input type="submit">', 'submit', 'Submit'],
    ['<input type="image" alt="Go">', 'submit', 'Go'],
    ['<input type="checkbox" id="c"><label for="c">I <b>agree</b></label>', 'checkbox', 'I agree'],
    ['<label>Name <input></label>', 'textbox', 'Name'],
    ['<input placeholder="Mail">', 'textbox', 'Mail'],
    ['<input placeholder="p" title="t">', 'textbox', 't'],
    ['<input type="search" aria-label="Find">', 'searchbox', 'Find'],
    ['<input type="number" aria-label="Count">', 'spinbutton', 'Count'],
    ['<label>Size <select><option>S<option>L</select></label>', 'combobox', 'Size'],
    ['<select multiple aria-label="Tags"><option>a</select>', 'listbox', 'Tags'],
    ['<label for="t">Note</label><textarea id="t">old</textarea>', 'textbox', 'Note'],
  ])('%s is a %s called %j', (html, role, name) => {
    expect(actions(html)).toEqual([[role, name]]);
  });

  it('are neither links to another place nor hidden fields', () => {
    expect(actions('<a role="button" href="/x">x</a><input type="hidden" value="t"><div>x</div>')).toEqual(
      [],
    );
  });

  it('stand in their section', () => {
    const html = '<nav><button>a</button></nav><main><button>b</button></main>';
    expect(read(html).actions.map(({ section }) => section)).toEqual([0, 1]);
  });
});

describe('forms', () => {
  it('have an address, a method, a name and their fields', () => {
    const html = `<form action="/login?x=1" method="POST" aria-label="Log in">
      <label>User <input name="u"></label><input type="hidden" name="t"><button>Enter</button></form>`;
    const page = read(html);
    const fields = [
      { role: 'textbox', name: 'User', section: 1 },
      { role: 'submit', name: 'Enter', section: 1 },
    ];
    expect(page.forms).toEqual([
      { action: 'https://example.com/login?x=1', method: 'post', name: 'Log in', fields, section: 1 },
    ]);
    expect(page.sections[1]).toMatchObject({ type: 'form', label: 'Log in' });
  });

  it('are sent to the page itself by GET if they do not say otherwise', () => {
    expect(read('<form><input></form>').forms[0]).toMatchObject({
      action: 'https://example.com/docs/page.html',
      method: 'get',
      name: null,
    });
  });

  it('are named by their legend', () => {
    expect(
      read('<form><fieldset><legend>Address</legend><input></fieldset></form>').sections.at(-1),
    ).toMatchObject({
      type: 'form',
      label: 'Address',
    });
  });
});
