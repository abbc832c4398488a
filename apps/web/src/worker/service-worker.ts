/**
 * What stands between a page and its server once it was here: it keeps the files of one version of the app together, and
 * answers with them at once and without a network. What the page asks of the API it leaves alone. A new version waits
 * until somebody asks for it, or all pages are closed.
 */
import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';
import { keepShared, textOf } from '../share/shared-text.ts';
import { TAKE_OVER } from './take-over.ts';

interface Scope {
  /** The app's files, put in by the build. */
  readonly __WB_MANIFEST: Parameters<typeof precacheAndRoute>[0];
  skipWaiting(): Promise<void>;
  readonly clients: { claim(): Promise<void> };
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
  addEventListener(
    type: 'activate',
    listener: (event: { waitUntil(done: Promise<void>): void }) => void,
  ): void;
}
declare const self: Scope;

/** What the server answers otherwise than with the app, as its own `web-app.ts` has it. */
const NOT_THE_APP = [/^\/(?:v1|docs|healthz|readyz|health|metrics)(?:\/|$)/];

cleanupOutdatedCaches();
precacheAndRoute(self.__WB_MANIFEST);
registerRoute(new NavigationRoute(createHandlerBoundToURL('/index.html'), { denylist: NOT_THE_APP }));
// What another app shares comes as a form, so that it stands in no address: the page that is shown instead reads it.
registerRoute(({ url }) => url.pathname === '/share', takeShared, 'POST');
// The page that installed it may lose its network before it is loaded again.
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
self.addEventListener('message', ({ data }) => {
  if (data === TAKE_OVER) void self.skipWaiting();
});

async function takeShared({ request }: { readonly request: Request }): Promise<Response> {
  await keepShared(textOf(await request.formData()));
  return Response.redirect('/#/share', 303);
}
