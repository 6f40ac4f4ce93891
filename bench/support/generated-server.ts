import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { generatedPage } from './generated-page.ts';

/** Serves a generated site of N pages, each after a delay in milliseconds. Runs as its own process. */
const [pages = '200', delayMs = '0', textBytes = '4000'] = process.argv.slice(2);

const server = createServer((request, response) => {
  process.send?.({ visit: request.url });
  const page = generatedPage(request.url ?? '/', Number(pages), Number(textBytes));
  const respond = () => {
    if (page === null) response.writeHead(404, { 'content-type': 'text/plain' }).end('not found');
    else response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page);
  };
  setTimeout(respond, Number(delayMs));
});

server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
process.on('disconnect', () => process.exit());
