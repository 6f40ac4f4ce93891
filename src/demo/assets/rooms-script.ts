/** The script of the page about rooms: fetches the list and draws a card for each room. */
export const ROOMS_SCRIPT = `const place = document.getElementById('rooms');

function element(name, text, className) {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  if (className) made.className = className;
  return made;
}

function card(room) {
  const item = element('li', '', 'card');
  const heading = element('h2');
  const link = element('a', room.name);
  link.href = room.path;
  heading.append(link);
  item.append(element('p', room.seats + ' places', 'kicker'), heading, element('p', room.text));
  return item;
}

const answer = await fetch('/api/rooms.json');
const rooms = await answer.json();
const list = element('ul', '', 'cards');
list.append(...rooms.map(card));
place.append(element('p', 'Choose a room to see what is in it.', 'lead'), list);
`;
