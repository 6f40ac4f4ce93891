import type { OpenAPIHono } from '@hono/zod-openapi';

/** Shown in the description of the API. */
const ABOUT =
  'Waymark crawls a website with a real browser, splits its pages into sections and keeps a map of them. Errors are problem details ' +
  '(RFC 9457) with a stable `code`.';

const CONFIG = {
  openapi: '3.1.0',
  info: { title: 'Waymark', version: '1', description: ABOUT, license: { name: 'Apache-2.0' } },
  servers: [{ url: '/' }],
} satisfies Parameters<OpenAPIHono['getOpenAPI31Document']>[0];

export type ApiDocument = ReturnType<OpenAPIHono['getOpenAPI31Document']>;

/** The OpenAPI description of all routes that the application has by now. */
export function apiDocument(app: OpenAPIHono, needsToken: boolean): ApiDocument {
  if (!needsToken) return app.getOpenAPI31Document(CONFIG);
  const document = app.getOpenAPI31Document({ ...CONFIG, security: [{ token: [] }] });
  const securitySchemes = { token: { type: 'http' as const, scheme: 'bearer' } };
  return { ...document, components: { ...document.components, securitySchemes } };
}
