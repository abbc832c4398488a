import { type Access, type ErrorBody, limits, type Route, refusal, type routes } from '@maru/protocol';
import type { Context, Hono } from 'hono';
import type * as z from 'zod';
import type { Credentials, Identity } from '../../ports/credentials.ts';
import { StorageBroken, StorageUnavailable } from '../../ports/log.ts';
import { faultFields, type Logger } from '../../ports/logger.ts';
import { addressKey } from '../edge/address.ts';
import type { Arrival } from '../edge/arrival.ts';
import { authenticate } from '../edge/authenticate.ts';
import type { BodyBudget } from '../edge/body-budget.ts';
import { peopleCost, requestCost } from '../edge/costs.ts';
import { readBody, readUpload } from '../edge/read-body.ts';
import { errorResponse, fileResponse, jsonResponse } from '../edge/respond.ts';
import type { TokenBuckets } from '../edge/token-bucket.ts';
import { refusalOfAnyone, type StrangerLimits, tooManyRequests } from './admit-anyone.ts';
import type { ApiRequest, Handler, Reply } from './handler.ts';
import { parse } from './parse.ts';

/** What the server hands over with each request: how it came. */
export type ApiBindings = Arrival;
export type ApiApp = Hono<{ Bindings: ApiBindings }>;

/** Bytes of a request's body where the route takes no message: 1,000 ids are 33 kB. */
export const BODY_BYTES_MAX = 65_536;
/** What holds what somebody writes may be as large as a frame. */
const LARGE_BODIES: ReadonlySet<Route['tag']> = new Set<Route['tag']>(['messages', 'settings']);

/** By then another server may be there. */
const DRAINING_RETRY_AFTER_MS = 1_000;

/** Hashing is one queue for all: a device that is signed in already must not fill it, nor try passwords at leisure. */
const CHECK_PASSWORDS: ReadonlySet<string> = new Set([
  'changePassword',
  'renewRecoveryCodes',
  'deleteMe',
] satisfies (keyof typeof routes)[]);
/** Asked by strangers again and again, with a secret that can't be guessed. */
const UNCOUNTED: ReadonlySet<string> = new Set(['waitForDevice'] satisfies (keyof typeof routes)[]);
/** Log-ins for which such a check counts. */
const CHECK_COST = 6;

export interface Gate extends StrangerLimits {
  readonly credentials: Credentials;
  /** By device, for all that needs a token. */
  readonly requestRates: TokenBuckets;
  /** By device, of its requests' bodies. */
  readonly byteRates: TokenBuckets;
  /** What bodies that are being read may hold, polls' included. */
  readonly bodies: BodyBudget;
  readonly log: Logger;
  /** Storage is open and no drain has begun. */
  readonly isReady: () => boolean;
  /** The storage can no longer say what is stored: the process must stop (`[DUR4]`). */
  readonly onBroken: (error: unknown) => void;
}

export type Register = <
  P extends z.ZodType,
  Q extends z.ZodType,
  B extends z.ZodType,
  R extends z.ZodType,
  A extends Access,
>(
  contract: Route<P, Q, B, R, A>,
  handler: Handler<P, Q, B, R, A>,
) => void;

type Checked<T> =
  | { readonly kind: 'ok'; readonly value: T }
  | { readonly kind: 'refused'; readonly error: ErrorBody };

/** Makes the function that puts a contract and its handler into the app: every check that a contract states is here. */
export function createRegister(app: ApiApp, gate: Gate): Register {
  return (contract, handler) => {
    app.on(contract.method, contract.path.replaceAll(/\{(\w+)\}/g, ':$1'), async (context) => {
      try {
        const request = await check(context, contract, gate);
        if (request.kind === 'refused') return errorResponse(request.error);
        // `check` has parsed by the very schemas from which the handler's types come.
        return respond(contract, await handler(request.value as Parameters<typeof handler>[0]));
      } catch (fault) {
        return errorResponse(answerFault(fault, contract, gate));
      }
    });
  };
}

function answerFault(fault: unknown, { name }: Route, { log, onBroken }: Gate): ErrorBody {
  log.error({ route: name, ...faultFields(fault) }, 'a request failed');
  if (fault instanceof StorageBroken) onBroken(fault);
  return fault instanceof StorageUnavailable || fault instanceof StorageBroken
    ? refusal('storage-unavailable', 'Nothing can be stored at the moment. Try again.', {
        retryAfterMs: 1_000,
      })
    : refusal('internal', 'Something went wrong here. Try again.');
}

async function check(
  context: Context<{ Bindings: ApiBindings }>,
  contract: Route,
  gate: Gate,
): Promise<Checked<ApiRequest<unknown, unknown, unknown, Access>>> {
  const { raw } = context.req;
  if (!gate.isReady()) {
    const retryAfterMs = DRAINING_RETRY_AFTER_MS;
    return { kind: 'refused', error: refusal('draining', 'The server is stopping.', { retryAfterMs }) };
  }
  const admitted = await admit(raw, context.env, contract, gate);
  if (admitted.kind === 'refused') return admitted;
  const params = parse(contract.params, context.req.param());
  if (params.kind === 'refused') return params;
  const query = parse(contract.query, context.req.query());
  if (query.kind === 'refused') return query;
  const body = await bodyOf(context, contract, admitted.value, gate);
  if (body.kind === 'refused') return body;
  const upload = await uploadOf(context, contract, admitted.value, gate);
  if (upload.kind === 'refused') return upload;
  // The last wait before the handler: nothing may come between this look and its call.
  const hasBody = contract.body !== undefined || contract.upload !== undefined;
  const asks = hasBody ? await identify(raw, context.env, contract, gate) : admitted;
  if (asks.kind === 'refused') return asks;
  return {
    kind: 'ok',
    value: {
      identity: asks.value,
      params: params.value,
      query: query.value,
      body: body.value,
      upload: upload.value,
      headers: raw.headers,
      arrival: context.env,
    },
  };
}

async function admit(
  request: Request,
  arrival: Arrival,
  contract: Route,
  gate: Gate,
): Promise<Checked<Identity | undefined>> {
  if (contract.access === 'anyone') {
    const counts = !UNCOUNTED.has(contract.name);
    const error = isStateful(contract) ? refusalOfAnyone(request, arrival, gate, counts) : undefined;
    return error === undefined ? { kind: 'ok', value: undefined } : { kind: 'refused', error };
  }
  const found = await signedIn(request, arrival, contract, gate);
  if (found.kind === 'refused') return found;
  const { device, user } = found.value;
  const wait = gate.requestRates.take(device, requestCost(contract.name));
  if (wait > 0) return rateLimited(wait);
  const waitToHash = CHECK_PASSWORDS.has(contract.name) ? gate.accountRates.take(user, CHECK_COST) : 0;
  if (waitToHash > 0) return rateLimited(waitToHash);
  return allowed(contract, found.value);
}

/**
 * Who asks, once the whole body is there. Its sender decides how long that takes: somebody who was signed out, suspended
 * or unmade an administrator meanwhile would otherwise still act (`[ADMIN1]`, `[ADMIN2]`, `[PRIV9]`).
 */
async function identify(
  request: Request,
  arrival: Arrival,
  contract: Route,
  gate: Gate,
): Promise<Checked<Identity | undefined>> {
  if (contract.access === 'anyone') return { kind: 'ok', value: undefined };
  const found = await signedIn(request, arrival, contract, gate);
  return found.kind === 'refused' ? found : allowed(contract, found.value);
}

async function signedIn(
  { headers }: Request,
  arrival: Arrival,
  contract: Route,
  gate: Gate,
): Promise<Checked<Identity>> {
  const found = await authenticate(headers, arrival, isStateful(contract), gate);
  if (found.kind === 'nobody') return { kind: 'refused', error: refusal('unauthorized', 'Log in first.') };
  return found.kind === 'refused' ? found : { kind: 'ok', value: found.identity };
}

function isStateful({ method }: Route): boolean {
  return method !== 'GET';
}

function allowed(contract: Route, identity: Identity): Checked<Identity> {
  if (contract.access !== 'administrator' || identity.administrator) return { kind: 'ok', value: identity };
  return { kind: 'refused', error: refusal('forbidden', 'Only administrators may do this.') };
}

function rateLimited(retryAfterMs: number): Checked<never> {
  return { kind: 'refused', error: tooManyRequests(retryAfterMs) };
}

async function bodyOf(
  { req, env }: Context<{ Bindings: ApiBindings }>,
  contract: Route,
  identity: Identity | undefined,
  { byteRates, requestRates, bodies }: Gate,
): Promise<Checked<unknown>> {
  if (contract.body === undefined) return { kind: 'ok', value: undefined };
  const bytesMax = LARGE_BODIES.has(contract.tag) ? limits.FRAME_BYTES_MAX : BODY_BYTES_MAX;
  using share = bodies.open(identity?.device ?? addressKey(env.address));
  const charge = (bytes: number) => {
    const wait = identity === undefined ? 0 : byteRates.take(identity.device, bytes);
    return wait > 0 ? tooManyRequests(wait) : undefined;
  };
  const read = await readBody(req.raw, { bytesMax, share, charge });
  if (read.kind === 'refused') return read;
  const parsed = parse(contract.body, read.value);
  if (parsed.kind === 'refused') return parsed;
  const waitMore = identity === undefined ? 0 : requestRates.take(identity.device, peopleCost(parsed.value));
  return waitMore > 0 ? rateLimited(waitMore) : { kind: 'ok', value: parsed.value };
}

const NO_FILE = new Uint8Array(0);

async function uploadOf(
  { req, env }: Context<{ Bindings: ApiBindings }>,
  contract: Route,
  identity: Identity | undefined,
  { byteRates, bodies }: Gate,
): Promise<Checked<Uint8Array>> {
  if (contract.upload === undefined) return { kind: 'ok', value: NO_FILE };
  using share = bodies.open(identity?.device ?? addressKey(env.address));
  const charge = (bytes: number) => {
    const wait = identity === undefined ? 0 : byteRates.take(identity.device, bytes);
    return wait > 0 ? tooManyRequests(wait) : undefined;
  };
  const read = await readUpload(req.raw, { ...contract.upload, share, charge });
  return 'code' in read ? { kind: 'refused', error: read } : { kind: 'ok', value: read };
}

function respond(contract: Route, reply: Reply<unknown>): Response {
  if (reply.kind === 'refused') return errorResponse(reply.error);
  if (reply.kind === 'file') return fileResponse(reply, contract.download ?? 'application/octet-stream');
  if (reply.kind === 'encoded') return jsonResponse(reply.json, contract.status ?? 200);
  const response =
    reply.body === undefined
      ? new Response(null, { status: contract.status ?? 204, headers: { 'cache-control': 'no-store' } })
      : jsonResponse(JSON.stringify(reply.body), contract.status ?? 200);
  for (const cookie of reply.cookies) response.headers.append('set-cookie', cookie);
  return response;
}
