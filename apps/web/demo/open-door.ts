import { randomBytes } from 'node:crypto';

/** Who comes in through a link, and where they come out. */
export interface Guest {
  readonly handle: string;
  readonly password: string;
  /** The server, by the host that the cookie is for. */
  readonly url: string;
  /** The link was used. */
  readonly onEnter?: () => Promise<void>;
}

export interface Door extends Disposable {
  /** The links, good once each, in the order of the guests. */
  readonly links: readonly string[];
}

/**
 * Signs a browser in by a link: a small server beside the real one, on this machine alone. It logs in as the app's form
 * does, hands the cookies of the answer on, and sends the browser to the app. Cookies know hosts and no ports, so that
 * the one which comes from here holds there; the real server has no door that others have not.
 */
export function openDoor(guests: readonly Guest[]): Door {
  const waiting = new Map(guests.map((guest) => [randomBytes(16).toString('base64url'), guest]));
  const secrets = [...waiting.keys()];
  const server = Bun.serve({
    hostname: '127.0.0.1',
    port: 0,
    async fetch(request) {
      const secret = /^\/enter\/([\w-]+)$/.exec(new URL(request.url).pathname)?.[1] ?? '';
      const guest = waiting.get(secret);
      // What a browser fetches ahead of a click is not somebody who enters.
      if (guest === undefined || request.method !== 'GET')
        return new Response('This link was used, or is none. Start the demo anew for another.\n', {
          status: 404,
        });
      waiting.delete(secret);
      await guest.onEnter?.();
      return enter(guest);
    },
  });
  const links = guests.map(({ url }, at) => {
    const { hostname } = new URL(url);
    return `http://${hostname}:${server.port}/enter/${secrets[at]}`;
  });
  return { links, [Symbol.dispose]: () => void server.stop(true) };
}

async function enter({ handle, password, url }: Guest): Promise<Response> {
  const answer = await fetch(`${url}/v1/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ handle, password, device: { name: 'Demo', credential: 'cookie' } }),
  });
  const cookies = answer.headers.getSetCookie();
  if (!answer.ok || cookies.length === 0)
    return new Response(`The server did not let ${handle} in (${answer.status}).\n`, { status: 502 });
  const headers = new Headers({ location: `${url}/`, 'cache-control': 'no-store' });
  for (const cookie of cookies) headers.append('set-cookie', cookie);
  return new Response(null, { status: 303, headers });
}
