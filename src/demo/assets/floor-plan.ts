import { crc32, deflateSync } from 'node:zlib';

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
