import type { OpenAPIHono } from '@hono/zod-openapi';
import { html } from 'hono/html';
import { ERRORS } from '../../core/errors.ts';
import {
  type ApiDocument,
  apiDocument,
  type Operation,
  operationsByTag,
  type ParameterShape,
} from './api-document.ts';
import { boundsOf, type SchemaShape, typeWords } from './schema-shape.ts';

/** Registers the OpenAPI document and its reference page. Call it after all other routes are registered. */
export function referenceRoutes(app: OpenAPIHono, needsToken: boolean): void {
  const document = apiDocument(app, needsToken);
  const page = referencePage(document);
  app.get('/openapi.json', (c) => c.json(document));
  app.get('/docs', (c) => c.html(page));
}

type Html = ReturnType<typeof html>;

/** Renders the OpenAPI document as one HTML page. */
function referencePage(document: ApiDocument): Html {
  const tags = operationsByTag(document);
  const schemas = Object.entries((document.components?.schemas ?? {}) as Record<string, SchemaShape>);
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>API reference · ${document.info.title}</title>
<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/assets/theme.css">
<link rel="stylesheet" href="/assets/reference.css">
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
<header class="masthead"><div class="wrap">
<a class="brand" href="/"><img src="/assets/icon.svg" alt="" width="28" height="28"> ${document.info.title}</a>
<nav aria-label="Service"><a href="/">Dashboard</a> <a href="/docs" aria-current="page">API reference</a> <a href="/openapi.json">OpenAPI document</a></nav>
</div></header>
<div class="wrap opening">
<h1>API reference</h1>
<p class="lead">${inline(document.info.description ?? '')}</p>
</div>
<div class="wrap columns">
<nav class="contents" aria-label="Contents">${[...tags].map(([tag, operations]) => contents(tag, operations))}
<h2>More</h2><ul><li><a href="#schemas">Schemas</a></li><li><a href="#errors">Errors</a></li></ul></nav>
<main id="content" tabindex="-1">
${tryIt()}
${[...tags].map(([tag, operations]) => html`<section aria-label="${tag}"><h2>${tag}</h2>${operations.map(operationPart)}</section>`)}
<section id="schemas" aria-label="Schemas"><h2>Schemas</h2>${schemas.map(([name, shape]) => schemaPart(name, shape))}</section>
<section id="errors" aria-label="Errors"><h2>Errors</h2>${errorsPart()}</section>
</main>
</div>
</body>
</html>`;
}

function contents(tag: string, operations: readonly Operation[]): Html {
  return html`<h2>${tag}</h2><ul>${operations.map(
    ({ id, method, path, summary }) =>
      html`<li><a href="#${id}" title="${method} ${path}">${summary ?? path}</a></li>`,
  )}</ul>`;
}

function tryIt(): Html {
  return html`<h2>Try it</h2>
<pre tabindex="0" aria-label="Example call"><code>curl -X POST http://127.0.0.1:3000/api/v1/crawl \\
  -H 'Content-Type: application/json' \\
  -d '{"url": "https://example.com/", "depth": 2, "background": true}'</code></pre>
<p>The same request with its options in the query: <code>POST /api/v1/crawl?url=https://example.com/&amp;depth=2&amp;background=true</code></p>`;
}

function operationPart(operation: Operation): Html {
  const { id, method, path, summary, description, parameters = [] } = operation;
  const body = operation.requestBody?.content['application/json']?.schema;
  const others = body === undefined ? parameters : parameters.filter((parameter) => parameter.in !== 'query');
  return html`<article class="operation" id="${id}" aria-labelledby="${id}-title">
<h3 id="${id}-title">${summary ?? path}</h3>
<p class="route"><span class="method ${method.toLowerCase()}">${method}</span> <code>${path}</code></p>
${description === undefined ? '' : html`<p>${inline(description)}</p>`}
${body === undefined ? '' : html`<p>Body or query: ${typeOf(body)}</p>`}
${others.length === 0 ? '' : parametersTable(others)}
<h4>Responses</h4>
<dl class="responses">${Object.entries(operation.responses).map(
    ([status, { description: text, content }]) =>
      html`<dt>${status}</dt><dd>${inline(text)}${Object.entries(content ?? {}).map(([type, { schema }]) => html` <span class="type">${type}: ${typeOf(schema ?? {})}</span>`)}</dd>`,
  )}</dl>
</article>`;
}

function parametersTable(parameters: readonly ParameterShape[]): Html {
  const rows = parameters.map((parameter) => {
    const description = parameter.description ?? parameter.schema?.description;
    const shape = { ...parameter.schema, ...(description === undefined ? {} : { description }) };
    return fieldRow(parameter.name, shape, parameter.required === true, parameter.in);
  });
  return html`<section class="scroll" aria-label="Parameters"><table>
<thead><tr><th scope="col">parameter</th><th scope="col">type</th><th scope="col">description</th></tr></thead>
<tbody>${rows}</tbody></table></section>`;
}

function schemaPart(name: string, shape: SchemaShape): Html {
  const fields = Object.entries(shape.properties ?? {});
  return html`<article class="schema" id="schema-${name}" aria-labelledby="schema-${name}-title">
<h3 id="schema-${name}-title">${name}</h3>
${shape.description === undefined ? '' : html`<p>${inline(shape.description)}</p>`}
${
  fields.length === 0
    ? html`<p>${typeOf(shape)}</p>`
    : html`<section class="scroll" aria-label="${name}"><table>
<thead><tr><th scope="col">name</th><th scope="col">value</th><th scope="col">description</th></tr></thead>
<tbody>${fields.map(([field, value]) => fieldRow(field, value, shape.required?.includes(field) === true))}</tbody></table></section>`
}
</article>`;
}

function fieldRow(name: string, shape: SchemaShape, required: boolean, place = ''): Html {
  const bounds = boundsOf(shape);
  const fallback =
    shape.default === undefined ? '' : html`<br><small>default ${JSON.stringify(shape.default)}</small>`;
  const note = [place === 'query' ? '' : place, required ? 'required' : ''].filter(Boolean).join(', ');
  return html`<tr><th scope="row"><code>${name}</code>${note === '' ? '' : html`<br><small>${note}</small>`}</th>
<td>${typeOf(shape)}${bounds === '' ? '' : html`, ${bounds}`}${fallback}</td><td>${inline(shape.description ?? '')}</td></tr>`;
}

function typeOf(shape: SchemaShape): Html {
  return html`${typeWords(shape).map(({ text, schema }) =>
    schema === undefined ? text : html`<a href="#schema-${schema}">${text}</a>`,
  )}`;
}

function errorsPart(): Html {
  return html`<section class="scroll" aria-label="Errors"><table>
<thead><tr><th scope="col">code</th><th scope="col">status</th><th scope="col">meaning and remedy</th></tr></thead>
<tbody>${Object.entries(ERRORS).map(
    ([code, { status, title, help }]) =>
      html`<tr id="error-${code}"><th scope="row"><code>${code}</code></th><td>${status}</td><td>${title}.<br><small>${inline(help)}</small></td></tr>`,
  )}</tbody></table></section>`;
}

/** Renders text between backticks as code. */
function inline(text: string): Html {
  return html`${text.split('`').map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : part))}`;
}
