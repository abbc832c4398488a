import {
  CAPABILITIES,
  type Cursor,
  type DeviceId,
  type ErrorBody,
  type Hello,
  limits,
  newSessionId,
  PROTOCOL_VERSION,
  type RoomId,
  refusal,
  type Welcome,
} from '@maru/protocol';
import type { Identity } from '../../ports/credentials.ts';
import type { SessionInfo } from '../../ports/inboxes.ts';
import type { DeviceLine } from './device-line.ts';
import type { LiveSession } from './live-session.ts';
import type { SessionDeps } from './session-deps.ts';

/** What a client may say before it is welcomed. */
const HELD_FRAMES_MAX = 256;
const HELD_BYTES_MAX = 2 * limits.FRAME_BYTES_MAX;

/** Who a connection is by itself; `epoch` is the count of sign-outs before that was looked up. */
export interface Connection {
  readonly identity: Identity | undefined;
  readonly epoch: number;
}

/** A session that deliveries can find. */
export interface Registered {
  readonly identity: Identity;
  readonly info: SessionInfo;
  readonly line: DeviceLine;
}

/** Hello was said, and the session is not open yet: what comes from either side waits here. */
export class Greeting {
  readonly kind = 'greeting';
  registered: Registered | undefined;
  readonly frames: string[] = [];
  readonly topics = new Set<RoomId>();
  #heldBytes = 0;
  #ended: 'closed' | 'logged-out' | undefined;

  get device(): DeviceId | undefined {
    return this.registered?.info.device;
  }

  /** Keeps a frame for later; false if there are too many. */
  hold(text: string): boolean {
    this.frames.push(text);
    this.#heldBytes += text.length;
    return this.frames.length <= HELD_FRAMES_MAX && this.#heldBytes <= HELD_BYTES_MAX;
  }

  /** The session ended meanwhile. */
  end(loggedOut: boolean): void {
    this.#ended = loggedOut ? 'logged-out' : 'closed';
  }

  get hasEnded(): boolean {
    return this.#ended !== undefined;
  }

  get loggedOut(): boolean {
    return this.#ended === 'logged-out';
  }
}

export type GreetingOutcome =
  | { readonly kind: 'welcome'; readonly registered: Registered; readonly frame: string }
  | { readonly kind: 'refused'; readonly error: ErrorBody }
  /** The session ended meanwhile. */
  | { readonly kind: 'ended' };

/** Finds out who says hello (`[WIRE6]`), registers the session for delivery, and makes the welcome. */
export async function greet(
  deps: SessionDeps,
  session: LiveSession,
  greeting: Greeting,
  hello: Hello,
  connection: Connection,
): Promise<GreetingOutcome> {
  if (!hello.versions.includes(PROTOCOL_VERSION)) {
    const message = `This server speaks version ${PROTOCOL_VERSION}.`;
    return { kind: 'refused', error: refusal('unsupported-version', message, { field: 'versions' }) };
  }
  await deps.turns.enter();
  const { identity, epoch } = await identify(deps, hello, connection);
  if (greeting.hasEnded) return { kind: 'ended' };
  if (identity === undefined) {
    return { kind: 'refused', error: refusal('unauthorized', 'Log in, or say a ticket in `hello`.') };
  }
  const why = deps.live.signedOutSince(identity.device, epoch);
  if (why !== undefined) return { kind: 'refused', error: refusal(why, 'This device was signed out.') };
  const { user, device } = identity;
  const info: SessionInfo = { session: newSessionId(deps.uuids), user, device };
  // First registered, then read: what comes between is queued, and met twice rather than never ([SYNC4]).
  const line = deps.live.add(session, info.session, user, device);
  const registered = { identity, info, line };
  greeting.registered = registered;
  let open = false;
  try {
    const { cursor } = await deps.inboxes.opened(info);
    if (deps.later.loading !== undefined) await deps.later.loading;
    open = !greeting.hasEnded;
    return open
      ? { kind: 'welcome', registered, frame: welcomeFrame(deps, info, cursor) }
      : { kind: 'ended' };
  } finally {
    if (!open) deps.inboxes.closed(info, greeting.loggedOut, 0);
  }
}

async function identify(deps: SessionDeps, { ticket }: Hello, connection: Connection): Promise<Connection> {
  if (ticket === undefined) return connection;
  const epoch = deps.live.signOuts;
  return { identity: await deps.credentials.redeemTicket(ticket), epoch };
}

function welcomeFrame(deps: SessionDeps, info: SessionInfo, cursor: Cursor): string {
  const scheduled = deps.later.revisionOf(info.user);
  const welcome: Welcome = {
    kind: 'welcome',
    version: PROTOCOL_VERSION,
    capabilities: [...CAPABILITIES],
    limits: deps.limits,
    user: info.user,
    device: info.device,
    session: info.session,
    now: deps.clock.now(),
    beatMs: limits.BEAT_MS,
    cursor,
    ...(scheduled !== undefined && { scheduled }),
  };
  return JSON.stringify(welcome);
}
