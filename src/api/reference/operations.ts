import type { ApiDocument } from './api-document.ts';
import type { SchemaShape } from './schema-shape.ts';

export interface ParameterShape {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly description?: string;
  readonly schema?: SchemaShape;
}

type Content = Readonly<Record<string, { readonly schema?: SchemaShape }>>;

/** The part of an OpenAPI operation that the reference page shows. */
export interface OperationShape {
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
  /** For links to it. */
  readonly id: string;
}

/** The operations of a document by their first tag, both in the order of the routes. */
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
