import { crc32, deflateSync } from 'node:zlib';

/** The mark of the library. */
export const LIGHTHOUSE = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40" width="40" height="40">
<circle cx="20" cy="20" r="20" fill="#12394d"/>
<path d="M17 13h6l2.5 17h-11z" fill="#fffaf0"/>
<path d="M16.2 19h7.6l.6 4h-8.8z" fill="#d9583b"/>
<path d="M16 13l4-5 4 5z" fill="#f2b441"/>
<path d="M7 31q3.2-3 6.5 0t6.5 0 6.5 0 6.5 0" fill="none" stroke="#7fc4c0" stroke-width="2"/>
</svg>
`;

/** The library on the quay on a clear evening. */
export const HARBOUR = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 560 360" width="560" height="360">
<defs>
<linearGradient id="sky" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#1d5069"/><stop offset=".62" stop-color="#f0b98a"/><stop offset="1" stop-color="#f8e2c0"/></linearGradient>
<linearGradient id="sea" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#2f7f86"/><stop offset="1" stop-color="#12394d"/></linearGradient>
</defs>
<rect width="560" height="360" fill="url(#sky)"/>
<circle cx="118" cy="196" r="44" fill="#fbe3a4" opacity=".9"/>
<path d="M0 236q70-46 150-30t150-22 130 12 130-10v60H0z" fill="#2c5b63" opacity=".55"/>
<rect y="240" width="560" height="120" fill="url(#sea)"/>
<path d="M250 250h310v34H250z" fill="#7b6450"/>
<path d="M250 250h310v8H250z" fill="#a98c6c"/>
<path d="M300 130h190v122H300z" fill="#fffaf0"/>
<path d="M288 132l107-52 107 52z" fill="#d9583b"/>
<path d="M376 34h40v66h-40z" fill="#fffaf0"/>
<path d="M370 36l26-26 26 26z" fill="#12394d"/>
<rect x="384" y="44" width="24" height="26" rx="3" fill="#f7cf63"/>
<path d="M384 57L196 20v64z" fill="#f7e3a0" opacity=".35"/>
<g fill="#f7cf63"><rect x="316" y="150" width="26" height="34" rx="2"/><rect x="356" y="150" width="26" height="34" rx="2"/><rect x="408" y="150" width="26" height="34" rx="2"/><rect x="448" y="150" width="26" height="34" rx="2"/><rect x="316" y="202" width="26" height="34" rx="2"/><rect x="448" y="202" width="26" height="34" rx="2"/></g>
<path d="M376 252v-46a19 19 0 0 1 38 0v46z" fill="#12394d"/>
<path d="M60 274h120l-18 26H80z" fill="#fffaf0"/>
<path d="M60 274h120l-5 8H65z" fill="#d9583b"/>
<path d="M118 274v-92" stroke="#3d2f25" stroke-width="4"/>
<path d="M122 186l50 80h-50z" fill="#fffaf0"/>
<path d="M114 198l-38 68h38z" fill="#f7ead2"/>
<g fill="none" stroke="#7fc4c0" stroke-width="3" opacity=".6"><path d="M20 318q14-9 28 0t28 0 28 0"/><path d="M220 312q14-9 28 0t28 0 28 0"/><path d="M410 330q14-9 28 0t28 0 28 0"/></g>
<g fill="none" stroke="#12394d" stroke-width="2.5"><path d="M206 96q8-8 14 0 6-8 14 0"/><path d="M250 122q6-6 11 0 5-6 11 0"/></g>
</svg>
`;

const WIDTH = 480;
const HEIGHT = 240;
const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const TRUE_COLOUR = 2;

type Colour = readonly [red: number, green: number, blue: number];

const WALL: Colour = [27, 58, 75];
const ROOMS: readonly Colour[] = [
  [247, 221, 187],
  [205, 228, 227],
  [238, 205, 194],
];

/** The plan of the first floor as a PNG: three rooms side by side, walls around them. */
export function floorPlan(): Uint8Array<ArrayBuffer> {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(WIDTH, 0);
  header.writeUInt32BE(HEIGHT, 4);
  header.set([8, TRUE_COLOUR], 8);
  const chunks = [
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(scanLines())),
    chunk('IEND', Buffer.alloc(0)),
  ];
  return Uint8Array.from(Buffer.concat([Buffer.from(SIGNATURE), ...chunks]));
}

/** Rows of pixels, each after a byte that names its filter (none). */
function scanLines(): Buffer {
  const rowLength = 1 + WIDTH * 3;
  const lines = Buffer.alloc(rowLength * HEIGHT);
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) lines.set(colourAt(x, y), y * rowLength + 1 + x * 3);
  }
  return lines;
}

function colourAt(x: number, y: number): Colour {
  const roomWidth = WIDTH / ROOMS.length;
  const inRoom = x % roomWidth;
  const isWall = inRoom < 3 || inRoom >= roomWidth - 3 || y < 6 || y >= HEIGHT - 6;
  const isDoor = y >= HEIGHT - 6 && inRoom > 60 && inRoom < 100;
  return isWall && !isDoor ? WALL : (ROOMS[Math.floor(x / roomWidth)] ?? WALL);
}

/** Length, type, data, checksum over type and data (PNG, third edition, section 5.3). */
function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, checksum]);
}

const LINES = [
  'Saltmere Library',
  'Tuesday to Friday 9:00 to 20:00',
  'Saturday 10:00 to 18:00',
  'Sunday 10:00 to 16:00',
];

/** A PDF of one page (ISO 32000-1, section 7.5: header, objects, cross-reference table, trailer). */
export function openingHoursPdf(): Uint8Array<ArrayBuffer> {
  const drawing = `BT /F1 24 Tf 60 760 Td 36 TL ${LINES.map((line) => `(${line}) Tj T*`).join(' ')} ET`;
  return assemble([
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${drawing.length} >>\nstream\n${drawing}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ]);
}

function assemble(objects: readonly string[]): Uint8Array<ArrayBuffer> {
  let text = '%PDF-1.4\n';
  let table = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n`;
  for (const [index, body] of objects.entries()) {
    table += `${String(text.length).padStart(10, '0')} 00000 n \n`;
    text += `${index + 1} 0 obj\n${body}\nendobj\n`;
  }
  const trailer = `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${text.length}\n%%EOF\n`;
  return new TextEncoder().encode(text + table + trailer);
}

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
