import { OpenAPIHono } from '@hono/zod-openapi';
import { methodNotAllowed } from 'hono/method-not-allowed';
import { isLoopbackHost } from '../core/net/address.ts';
import type { ApiDeps } from './api-deps.ts';
import { crawlRoute } from './crawl/crawl-route.ts';
import { eventsRoute } from './events/events-route.ts';
import { guardHost, guardOrigin, limitBody } from './guards/request-guards.ts';
import { requireLogin, requireToken } from './guards/require-token.ts';
import { securityHeadersFor } from './guards/security-headers.ts';
import { ledgerRoutes } from './ledger/ledger-routes.ts';
import { diffRoute } from './map/diff-route.ts';
import { historyRoute } from './map/history-route.ts';
import { inLinksRoute } from './map/in-links-route.ts';
import { navigateRoute } from './map/navigate-route.ts';
import { searchRoute } from './map/search-route.ts';
import { structureRoute } from './map/structure-route.ts';
import { pageRoutes } from './pages/page-routes.ts';
import { paginationRoute } from './pagination/pagination-route.ts';
import { badRequest, fieldProblems, problemOf } from './problem/problem.ts';
import { problemOfError, problemResponse } from './problem/problem-response.ts';
import { QUEUES_PATH, queueRoutes } from './queues/queue-routes.ts';
import { referenceRoutes } from './reference/reference-page.ts';
import { systemRoutes } from './system/system-routes.ts';
import { changeRoute } from './tasks/change-route.ts';
import { taskRoutes } from './tasks/task-routes.ts';

/** Creates the HTTP API with the reference page, and mounts the dashboard. */
export function createApi(deps: ApiDeps): OpenAPIHono {
  const app = new OpenAPIHono({
    defaultHook: (result) => {
      if (!result.success) throw badRequest(fieldProblems(result.error));
    },
  });
  app.onError((error, c) => problemResponse(c, problemOfError(error, deps.log)));
  app.notFound((c) =>
    problemResponse(
      c,
      problemOf(
        'not-found',
        `The path ${c.req.path.slice(0, 200)} does not exist. See /openapi.json for all paths.`,
      ),
    ),
  );
  guards(app, deps);
  crawlRoute(app, deps);
  paginationRoute(app, deps);
  taskRoutes(app, deps);
  changeRoute(app, deps);
  eventsRoute(app, deps);
  pageRoutes(app, deps);
  structureRoute(app, deps);
  navigateRoute(app, deps);
  searchRoute(app, deps);
  inLinksRoute(app, deps);
  diffRoute(app, deps);
  historyRoute(app, deps);
  ledgerRoutes(app, deps);
  systemRoutes(app, deps);
  queueRoutes(app, deps.dispatchQueues);
  app.route('/', deps.dashboard);
  referenceRoutes(app, deps.settings.apiToken !== null);
  return app;
}

/** Installs the checks that run before every route. */
function guards(app: OpenAPIHono, { settings }: ApiDeps): void {
  app.use(securityHeadersFor(QUEUES_PATH));
  if (isLoopbackHost(settings.host)) app.use(guardHost);
  if (settings.apiToken !== null) {
    const token = requireToken(settings.apiToken);
    app.use('/api/*', token);
    app.use('/metrics', token);
    app.use(`${QUEUES_PATH}/*`, requireLogin(settings.apiToken));
  }
  app.use(guardOrigin);
  app.use(limitBody(settings.maxBodyBytes));
  app.use(
    methodNotAllowed({
      app,
      onMethodNotAllowed: (c, methods) => {
        c.header('Allow', methods.join(', '));
        return problemResponse(
          c,
          problemOf('method-not-allowed', `This path supports ${methods.join(', ')}.`),
        );
      },
    }),
  );
}
