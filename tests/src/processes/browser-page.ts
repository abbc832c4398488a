import { type Environment, type Http, systemEnvironment, webSocketTransport } from '@maru/client';

/**
 * What a browser does for a page, as far as signing in goes (RFC 6265, RFC 6454): keeps the cookies of one host out of the
 * page's reach, sends them and the page's origin with its requests.
 */
export class BrowserPage {
  readonly environment: Environment;
  /** Everything that the page's scripts got to see of answers. */
  readonly seen: string[] = [];
  readonly #cookies = new Map<string, string>();

  constructor(origin: string) {
    this.environment = { ...systemEnvironment(webSocketTransport()), http: this.#http(origin) };
  }

  get cookies(): ReadonlyMap<string, string> {
    return this.#cookies;
  }

  #http(origin: string): Http {
    return async ({ method, url, headers, body, cookies }) => {
      const jar = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const response = await fetch(url, {
        method,
        headers: {
          ...headers,
          ...(method !== 'GET' && { origin }),
          ...(cookies && jar !== '' && { cookie: jar }),
        },
        ...(body !== undefined && { body }),
      });
      for (const line of response.headers.getSetCookie()) this.#keep(line);
      const bytes = new Uint8Array(await response.arrayBuffer());
      this.seen.push(new TextDecoder().decode(bytes));
      return { status: response.status, body: bytes };
    };
  }

  #keep(line: string): void {
    const [pair = '', ...attributes] = line.split('; ');
    // The sign that somebody is signed in is no secret (`[PRIV13]`).
    if (!attributes.includes('HttpOnly') && !pair.includes('maru_signed_in='))
      throw new Error('a script could read this cookie');
    const at = pair.indexOf('=');
    if (attributes.includes('Max-Age=0')) this.#cookies.delete(pair.slice(0, at));
    else this.#cookies.set(pair.slice(0, at), pair.slice(at + 1));
  }
}
