import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono, type MiddlewareHandler } from 'hono';
import { secureHeaders } from 'hono/secure-headers';

/** Serves the built page; every path that names no file is a route of the page itself. */
export function createPage(webRoot: string): Hono {
  const page = new Hono();
  page.use(
    secureHeaders({
      // The page asks for nothing from elsewhere.
      contentSecurityPolicy: { defaultSrc: ["'self'"], imgSrc: ["'self'", 'data:'] },
      strictTransportSecurity: false,
    }),
  );
  page.get('/assets/*', keepForGood, serveStatic({ root: webRoot }), (context) =>
    context.text('There is no such file.', 404),
  );
  page.get('/favicon.svg', serveStatic({ root: webRoot }));
  page.get('*', async (context) => {
    const html = await readFile(join(webRoot, 'index.html'), 'utf8').catch(() => null);
    if (html === null) return context.text('The page is not built yet. Run `pnpm build`.', 503);
    context.header('Cache-Control', 'no-cache');
    return context.html(html);
  });
  return page;
}

/** The names of these files carry a hash of their content. */
const keepForGood: MiddlewareHandler = async (context, next) => {
  await next();
  if (context.res.ok) context.header('Cache-Control', 'public, max-age=31536000, immutable');
};
