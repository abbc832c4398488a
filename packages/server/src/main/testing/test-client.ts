import { type ErrorBody, type ErrorCode, errorBody, errors, type Route, routes } from '@maru/protocol';
import type * as z from 'zod';

type Routes = typeof routes;
type Body<N extends keyof Routes> =
  Routes[N] extends Route<z.ZodType, z.ZodType, infer B> ? z.input<B> : never;
type Answer<N extends keyof Routes> =
  Routes[N] extends Route<z.ZodType, z.ZodType, z.ZodType, infer R> ? z.output<R> : never;

export interface CallOptions<N extends keyof Routes> {
  readonly params?: Readonly<Record<string, string | number>>;
  readonly query?: Readonly<Record<string, string | number>>;
  readonly body?: Body<N>;
  /** A file, instead of a body. */
  readonly upload?: { readonly bytes: Uint8Array; readonly type: string };
  readonly token?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  /** Where the request comes from. */
  readonly address?: string;
}

type Fetch = (request: Request, address: string | undefined) => Response | Promise<Response>;

/** Calls routes by their names, and holds every answer against its contract. */
export class TestClient {
  readonly #fetch: Fetch;

  constructor(fetch: Fetch) {
    this.#fetch = fetch;
  }

  /** The whole response, checked: a refusal is one that the route names, with the status of the table of errors. */
  async respond<N extends keyof Routes>(name: N, options: CallOptions<N> = {}): Promise<Response> {
    const contract: Route = routes[name];
    const response = await this.#fetch(requestOf(contract, options), options.address);
    const body = response.clone();
    // What the asker has already (RFC 9110 §15.4.5).
    if (response.status === 304 && contract.download !== undefined) return response;
    if (response.ok) {
      if (contract.response !== undefined) contract.response.parse(await body.json());
      const expected = contract.status ?? (contract.response === undefined ? [200, 204] : 200);
      if (![expected].flat().includes(response.status)) throw new Error(`${name}: status ${response.status}`);
      return response;
    }
    const error = errorBody.parse(await body.json());
    const always = [
      'bad-request',
      'not-json',
      'frame-too-large',
      'unauthorized',
      'account-suspended',
      'rate-limited',
      'origin-refused',
    ];
    const named: readonly string[] = [
      ...always,
      'forbidden',
      'unknown-kind',
      'too-many',
      'storage-unavailable',
      'internal',
      'draining',
      ...(contract.body === undefined ? [] : ['busy']),
      ...(contract.errors ?? []),
    ];
    if (!named.includes(error.code)) throw new Error(`${name} does not name ${error.code}`);
    if (response.status !== errors[error.code].status)
      throw new Error(`${error.code} with ${response.status}`);
    return response;
  }

  /** The answer of a call that must succeed. */
  async call<N extends keyof Routes>(name: N, options: CallOptions<N> = {}): Promise<Answer<N>> {
    const response = await this.respond(name, options);
    if (!response.ok) throw new Error(`${name}: ${await response.text()}`);
    return (response.status === 204 ? undefined : await response.json()) as Answer<N>;
  }

  /** The error of a call that must be refused. */
  async refusal<N extends keyof Routes>(name: N, options: CallOptions<N> = {}): Promise<ErrorBody> {
    const response = await this.respond(name, options);
    if (response.ok) throw new Error(`${name} was not refused`);
    return errorBody.parse(await response.json());
  }

  /** Its code. */
  async refused<N extends keyof Routes>(name: N, options: CallOptions<N> = {}): Promise<ErrorCode> {
    return (await this.refusal(name, options)).code;
  }

  /** The code of a call that may be refused, or else `done`. */
  async outcome<N extends keyof Routes>(name: N, options: CallOptions<N> = {}): Promise<ErrorCode | 'done'> {
    const response = await this.respond(name, options);
    return response.ok ? 'done' : errorBody.parse(await response.json()).code;
  }
}

const ORIGIN = 'http://127.0.0.1:8787';

function requestOf<N extends keyof Routes>(contract: Route, options: CallOptions<N>): Request {
  const { params = {}, query = {}, body, upload, token, headers = {} } = options;
  const path = contract.path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(params[name] ?? ''),
  );
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) search.set(name, String(value));
  return new Request(`${ORIGIN}${path}?${search}`, {
    method: contract.method,
    headers: {
      host: new URL(ORIGIN).host,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(upload === undefined ? {} : { 'content-type': upload.type }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(upload === undefined ? {} : { body: upload.bytes }),
  });
}
