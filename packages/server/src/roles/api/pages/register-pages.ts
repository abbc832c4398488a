import { jsonResponse } from '../../edge/respond.ts';
import type { ApiDeps } from '../deps.ts';
import type { ApiApp } from '../register.ts';
import { homePage } from './home-page.ts';

/** What is read by people and by probes. The description of the API is made when it is first asked for. */
export function registerPages(app: ApiApp, { settings, isReady }: ApiDeps): void {
  let described: Promise<{ json: string; page: string; policy: string }> | undefined;
  const description = () => {
    described ??= describe(settings.version);
    return described;
  };
  const home = page(homePage(settings.version), "default-src 'none'");

  app.get('/', () => home());
  app.get('/docs', async () => {
    const { page: html, policy } = await description();
    return page(html, policy)();
  });
  app.get('/v1/openapi.json', async () => jsonResponse((await description()).json));
  app.get('/healthz', () => text('ok', 200));
  app.get('/readyz', () => (isReady() ? text('ready', 200) : text('not ready', 503)));
}

async function describe(version: string) {
  const [{ describeApi }, { DOCS_STYLE, docsPage }] = await Promise.all([
    import('../openapi/describe-api.ts'),
    import('../openapi/docs-page.ts'),
  ]);
  const api = describeApi(version);
  const styleHash = new Bun.CryptoHasher('sha256').update(DOCS_STYLE).digest('base64');
  return {
    json: JSON.stringify(api),
    page: docsPage(api),
    policy: `default-src 'none'; style-src 'sha256-${styleHash}'`,
  };
}

/** A page that may load nothing but what its policy names, and stand in no frame. */
function page(html: string, policy: string): () => Response {
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': `${policy}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  };
  return () => new Response(html, { headers });
}

function text(body: string, status: number): Response {
  return new Response(`${body}\n`, { status, headers: { 'cache-control': 'no-store' } });
}
