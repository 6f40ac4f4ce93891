import type { OpenAPIHono } from '@hono/zod-openapi';
import { apiDocument } from './api-document.ts';
import { referencePage } from './reference-page.ts';

/** The OpenAPI document and the page made from it. To be called when all other routes are known. */
export function referenceRoutes(app: OpenAPIHono, needsToken: boolean): void {
  const document = apiDocument(app, needsToken);
  const page = referencePage(document);
  app.get('/openapi.json', (c) => c.json(document));
  app.get('/docs', (c) => c.html(page));
}
