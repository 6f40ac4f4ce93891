import type { OpenAPIHono } from '@hono/zod-openapi';
import type { SchemaShape } from './schema-shape.ts';

/** Description in the OpenAPI document. */
const ABOUT =
  'Waymark crawls a website with a real browser, splits its pages into sections and keeps a map of them. Errors are problem details ' +
  '(RFC 9457) with a stable `code`.';

const CONFIG = {
  openapi: '3.1.0',
  info: { title: 'Waymark', version: '1', description: ABOUT, license: { name: 'Apache-2.0' } },
  servers: [{ url: '/' }],
} satisfies Parameters<OpenAPIHono['getOpenAPI31Document']>[0];

export type ApiDocument = ReturnType<OpenAPIHono['getOpenAPI31Document']>;

/** Describes all routes registered so far as an OpenAPI document. */
export function apiDocument(app: OpenAPIHono, needsToken: boolean): ApiDocument {
  if (!needsToken) return app.getOpenAPI31Document(CONFIG);
  const document = app.getOpenAPI31Document({ ...CONFIG, security: [{ token: [] }] });
  const securitySchemes = { token: { type: 'http' as const, scheme: 'bearer' } };
  return { ...document, components: { ...document.components, securitySchemes } };
}

export interface ParameterShape {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly description?: string;
  readonly schema?: SchemaShape;
}

type Content = Readonly<Record<string, { readonly schema?: SchemaShape }>>;

/** The part of an OpenAPI operation that the reference page shows. */
interface OperationShape {
  readonly tags?: readonly string[];
  readonly summary?: string;
  readonly description?: string;
  readonly parameters?: readonly ParameterShape[];
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly description: string; readonly content?: Content }>>;
}

export interface Operation extends OperationShape {
  /** Upper-case. */
  readonly method: string;
  readonly path: string;
  /** Fragment for links to the operation. */
  readonly id: string;
}

/** Groups the operations of a document by their first tag. Tags and operations keep the order of the routes. */
export function operationsByTag(document: ApiDocument): ReadonlyMap<string, readonly Operation[]> {
  const paths = (document.paths ?? {}) as Readonly<Record<string, Readonly<Record<string, OperationShape>>>>;
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, shape]) => operation(method.toUpperCase(), path, shape)),
  );
  return Map.groupBy(operations, ({ tags }) => tags?.[0] ?? 'More');
}

function operation(method: string, path: string, shape: OperationShape): Operation {
  const id = `${method}-${path}`
    .toLowerCase()
    .replace(/[^a-z\d]+/g, '-')
    .replace(/-$/, '');
  return { ...shape, method, path, id };
}
