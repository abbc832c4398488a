import type { MaruClient, Sending } from '@maru/client';
import type { UserId } from '@maru/protocol';
import type { EffectDeps } from './effect-deps.ts';
import { say } from './say.ts';
import type { UnseenCommand } from './state/effect.ts';
import { nameOf } from './state/world.ts';

type Relate = Extract<UnseenCommand, { kind: 'relate' }>;

/** For so long at most it is waited for what the server says of two people after an act that it took. */
const TOLD_WITHIN_MS = 2_000;

/** Gives what was said of a person to the SDK, and says what came of it, or that there is nothing to be done. */
export async function relate(effect: Relate, user: UserId, deps: EffectDeps): Promise<Sending | undefined> {
  if (effect.act === 'unblock' && isKnownUnblocked(user, deps)) {
    const now = deps.world();
    say(deps.dispatch, 'warning', now.texts.notBlocked(nameOf(now, user)));
    return undefined;
  }
  const sending = await give(deps.client.commands, effect, user);
  const { client, world, dispatch } = deps;
  const { texts } = world();
  const isOnline = client.connection.state === 'online';
  if (effect.report !== undefined) {
    if (isOnline) say(dispatch, 'good', texts.blockedAndReported);
    else say(dispatch, 'warning', texts.reportedLater);
  } else if (!isOnline) say(dispatch, 'warning', texts.relationKept);
  else sayDone(sending, effect, user, deps);
  return sending;
}

/** Without a server there may be a block of which this device has not heard. */
function isKnownUnblocked(user: UserId, { client }: EffectDeps): boolean {
  return client.connection.state === 'online' && !client.isBlocked(user);
}

function give(
  commands: MaruClient['commands'],
  { act, note, report }: Relate,
  user: UserId,
): Promise<Sending> {
  switch (act) {
    case 'request':
      return commands.request(user, note);
    case 'accept':
      return commands.accept(user);
    case 'refuse':
      return commands.refuse(user);
    case 'cancel':
      return commands.cancel(user);
    case 'remove':
      return commands.removeContact(user);
    case 'block':
      return commands.block(user, report);
    case 'unblock':
      return commands.unblock(user);
  }
}

/** Says so when the server has it; what was refused is said elsewhere. */
function sayDone(sending: Sending, { act }: Relate, user: UserId, deps: EffectDeps): void {
  const { client, world, dispatch } = deps;
  sending.outcome().then(
    async (outcome) => {
      if (outcome.kind === 'failed') return;
      if (act === 'unblock') await isToldUnblocked(client, user);
      const now = world();
      const who = nameOf(now, user);
      const text = act === 'unblock' ? unblockedText(user, who, deps) : now.texts.relationDone(who, act);
      say(dispatch, 'good', text);
    },
    // The client was closed before: it goes out the next time.
    () => undefined,
  );
}

/** With where their room stands by now. */
function unblockedText(user: UserId, who: string, { client, world }: EffectDeps): string {
  const { texts } = world();
  const isTheirs = ({ peer }: { readonly peer: UserId | undefined }) => peer === user;
  if (client.requests.some(isTheirs)) return texts.unblockedRequest(who);
  return client.rooms.some(isTheirs) ? texts.relationDone(who, 'unblock') : texts.unblockedHidden(who);
}

async function isToldUnblocked(client: MaruClient, user: UserId): Promise<void> {
  const isBlocked = () => client.allRooms.find(({ peer }) => peer === user)?.relation?.state === 'blocked';
  await client.until(() => !isBlocked(), AbortSignal.timeout(TOLD_WITHIN_MS)).catch(() => undefined);
}
