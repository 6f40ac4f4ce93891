import { describe, expect, it } from 'vitest';
import { ERRORS } from '../../../src/core/errors.ts';
import { ApiHarness } from '../../support/api-harness.ts';

interface ApiDescription {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, { responses: Record<string, unknown> }>>>>;
  readonly components: { readonly schemas: object; readonly securitySchemes?: object };
  readonly security?: unknown;
}

/** The public routes of the API. */
const ROUTES = [
  'post /api/v1/crawl',
  'post /api/v1/pagination',
  'get /api/v1/tasks',
  'get /api/v1/tasks/{id}',
  'delete /api/v1/tasks/{id}',
  'patch /api/v1/tasks/{id}',
  'post /api/v1/tasks/{id}/pause',
  'post /api/v1/tasks/{id}/resume',
  'get /api/v1/tasks/{id}/events',
  'get /api/v1/tasks/{id}/pages',
  'get /api/v1/tasks/{id}/ledger',
  'get /api/v1/tasks/{id}/reasons',
  'get /api/v1/page',
  'get /api/v1/structure',
  'post /api/v1/navigate',
  'get /api/v1/search',
  'get /api/v1/inlinks',
  'get /api/v1/diff',
  'get /api/v1/history',
  'get /health',
  'get /ready',
  'get /metrics',
];

describe('the OpenAPI document', () => {
  const shared = ApiHarness.shared();
  const document = (): Promise<ApiDescription> => shared().json(200, 'GET', '/openapi.json');

  it('describes every route', async () => {
    const { openapi, paths } = await document();
    expect(openapi).toBe('3.1.0');
    const described = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    );
    expect(described.toSorted()).toEqual(ROUTES.toSorted());
  });

  it('refers to nothing that it does not hold', async () => {
    const text = JSON.stringify(await document());
    const { schemas } = (await document()).components;
    const named = [...text.matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name);
    expect(Object.keys(schemas)).toEqual(expect.arrayContaining([...new Set(named)]));
  });

  it('describes a crawl by the schema that checks it', async () => {
    const description = JSON.stringify((await document()).components.schemas);
    expect(description).toContain('"maximum":1000,"default":3');
    expect(description).toContain('"additionalProperties":false');
  });

  it('says that a token is needed where one is', async () => {
    expect((await document()).security).toBeUndefined();
    const guarded = await ApiHarness.open({ settings: { API_TOKEN: 'x' } });
    const { security, components } = await guarded.json(200, 'GET', '/openapi.json');
    expect(security).toEqual([{ token: [] }]);
    expect(components.securitySchemes).toEqual({ token: { type: 'http', scheme: 'bearer' } });
  });
});

describe('the reference page', () => {
  const shared = ApiHarness.shared();

  it('shows every route and error, and loads nothing from elsewhere', async () => {
    const page = await (await shared().send('GET', '/docs')).text();
    for (const route of ROUTES) expect(page).toContain(route.split(' ')[1]);
    for (const code of Object.keys(ERRORS)) expect(page).toContain(`id="error-${code}"`);
    expect(page).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
    expect(page).not.toMatch(/undefined|\[object|NaN/);
  });

  it('has each place that it links to', async () => {
    const page = await (await shared().send('GET', '/docs')).text();
    const ids = new Set([...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
    const links = [...page.matchAll(/ href="#([^"]+)"/g)].map(([, id]) => id);
    expect(links.length).toBeGreaterThan(30);
    expect(links.filter((id) => !ids.has(id))).toEqual([]);
  });

  it('is where problems point to', async () => {
    const { type } = await shared().json(404, 'GET', '/api/v1/tasks/nope');
    expect(type).toBe('/docs#error-task-not-found');
  });
});
