import type { ErrorBody, RoomId, Route, routes, Seq } from '@maru/protocol';
import { errorBody } from '@maru/protocol';
import { apiRoutes } from '#routes';
import type { Http, HttpResponse } from '../environment.ts';
import { ApiError, NetworkError } from '../errors.ts';

/** How a request says who asks: a device's token, or the browser's cookie. */
export type Credential = { readonly kind: 'bearer'; readonly token: string } | { readonly kind: 'cookie' };

type Routes = typeof routes;
/** What a schema takes and gives, without the schema library in sight. */
type In<S> = S extends { readonly _zod: { readonly input: infer I } } ? I : never;
type Out<S> = S extends { readonly _zod: { readonly output: infer O } } ? O : never;
type Part<R, K extends 'params' | 'query' | 'body'> = R extends { readonly [P in K]?: infer S }
  ? unknown extends In<S>
    ? object
    : object extends In<S>
      ? { readonly [P in K]?: In<S> }
      : { readonly [P in K]: In<S> }
  : object;
type Input<R> = Part<R, 'params'> & Part<R, 'query'> & Part<R, 'body'>;
type Output<R> = R extends { readonly response?: infer S }
  ? unknown extends Out<S>
    ? undefined
    : Out<S>
  : undefined;
type Call<R> =
  object extends Input<R>
    ? (input?: Input<R>) => Promise<Output<R>>
    : (input: Input<R>) => Promise<Output<R>>;

/** A file on its way up, with its media type. */
export interface Upload {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly type: string;
}

/** Those whose bodies or answers are bytes. */
type ByteRoutes = 'getBody' | 'getAvatar' | 'putAvatar';

/** Every endpoint of the HTTP API by its name, but for polls, which are a client's own. Calls reject with {@link ApiError} or {@link NetworkError}. */
export type Api = { readonly [N in Exclude<keyof Routes, ByteRoutes | 'postPoll'>]: Call<Routes[N]> } & {
  /** The whole content of a long message, as bytes. */
  getBody(input: {
    readonly params: { readonly room: RoomId; readonly seq: Seq | number };
  }): Promise<Uint8Array>;
  /** An avatar, as a WebP file. */
  getAvatar(input: { readonly params: { readonly avatar: string } }): Promise<Uint8Array>;
  putAvatar(input: { readonly upload: Upload }): Promise<Output<Routes['putAvatar']>>;
};

export interface ApiOptions {
  /** Where the server is: `https://chat.example.org`. */
  readonly baseUrl: string;
  readonly http: Http;
  /** Absent: only what anyone may call. */
  readonly credential?: Credential;
}

interface AnyInput {
  readonly params?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  readonly upload?: Upload;
}

/** Routes whose answers are bytes. */
const BYTES: ReadonlySet<string> = new Set<ByteRoutes>(['getBody', 'getAvatar']);

/** A client of the HTTP API, typed by the contracts that the server checks by. */
export function createApi(options: ApiOptions): Api {
  const calls: Record<string | symbol, unknown> = {};
  // The contracts may not be here yet, so that each call is made when it is asked for by its name.
  return new Proxy(calls, {
    get: (made, name) => {
      // A promise that resolves with an API asks whether it is a promise, too.
      if (typeof name === 'string' && name !== 'then')
        made[name] ??= (input: AnyInput = {}) => call(name, input, options);
      return made[name];
    },
  }) as unknown as Api;
}

async function call(name: string, input: AnyInput, options: ApiOptions): Promise<unknown> {
  const known = apiRoutes();
  const table: Readonly<Record<string, Route>> = known instanceof Promise ? await loading(known) : known;
  const route = table[name];
  if (route === undefined) throw new TypeError(`the API has no endpoint ${name}`);
  const response = await request(route, input, options);
  return BYTES.has(name) ? response.body : decode(route, response);
}

/** A part of the program that can't be fetched is missing for the same reasons as an answer. */
async function loading(known: Promise<typeof routes>): Promise<typeof routes> {
  try {
    return await known;
  } catch (cause) {
    throw new NetworkError('the contracts of the API can’t be fetched', { cause });
  }
}

async function request(route: Route, input: AnyInput, options: ApiOptions): Promise<HttpResponse> {
  const headers: Record<string, string> = { accept: 'application/json' };
  if (options.credential?.kind === 'bearer') headers.authorization = `Bearer ${options.credential.token}`;
  if (input.body !== undefined) headers['content-type'] = 'application/json';
  if (input.upload !== undefined) headers['content-type'] = input.upload.type;
  const body = input.upload?.bytes ?? (input.body === undefined ? undefined : JSON.stringify(input.body));
  let response: HttpResponse;
  try {
    response = await options.http({
      method: route.method,
      url: options.baseUrl.replace(/\/+$/, '') + pathOf(route.path, input),
      headers,
      cookies: options.credential?.kind !== 'bearer',
      ...(body === undefined ? {} : { body }),
    });
  } catch (cause) {
    throw new NetworkError(`no answer to ${route.name}`, { cause });
  }
  if (response.status >= 200 && response.status < 300) return response;
  throw new ApiError(response.status, errorOf(response));
}

function pathOf(path: string, { params = {}, query = {} }: AnyInput): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(params[name])));
  const search = Object.entries(query)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`)
    .join('&');
  return search === '' ? filled : `${filled}?${search}`;
}

function decode(route: Route, { body }: HttpResponse): unknown {
  if (route.response === undefined) return undefined;
  const parsed = route.response.safeParse(parseJson(body));
  if (parsed.success) return parsed.data;
  throw new NetworkError(`the answer to ${route.name} can't be read`, { cause: parsed.error });
}

/** The typed error of an answer; an answer that has none comes from something between us and the server. */
function errorOf({ status, body }: HttpResponse): ErrorBody {
  const parsed = errorBody.safeParse(parseJson(body));
  if (parsed.success) return parsed.data;
  const code =
    status === 401
      ? 'unauthorized'
      : status === 404
        ? 'not-found'
        : status === 429
          ? 'rate-limited'
          : 'internal';
  return { code, message: `the server answered ${status}`, retryable: status === 429 || status >= 500 };
}

function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    return undefined;
  }
}
