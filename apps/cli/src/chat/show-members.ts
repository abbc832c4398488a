import type { Member, RoomSnapshot } from '@maru/client';
import { type RoomId, roleOf, type UserId } from '@maru/protocol';
import type { EffectDeps } from './effect-deps.ts';
import { isIn, nameOf, roomTitle, statusOf, type World } from './state/world.ts';

/** Shows who is in a room; of one that the user is out of, who is known to have been. */
export async function showMembers(room: RoomId, { client, world, dispatch }: EffectDeps): Promise<void> {
  const known = client.room(room);
  if (known !== undefined && !isIn(known)) {
    showFormer(known, world(), dispatch);
    return;
  }
  await client.loadMembers(room);
  const now = world();
  const snapshot = client.room(room);
  if (snapshot === undefined) return;
  const members = [...(snapshot.members?.values() ?? [])];
  const states = { active: now.texts.active, away: now.texts.away, offline: '' };
  const lines = members.map((member) => {
    const role = roleOf(snapshot, member.user);
    const mark = role === 'member' ? '' : `[${now.texts[role]}]`;
    if (member.user === client.user) return memberLine(now, member, `(${now.texts.you}) ${mark}`.trim());
    const state = snapshot.presence?.users.find(({ user }) => user === member.user)?.state ?? 'offline';
    return memberLine(now, member, `${states[state]} ${mark}`.trim());
  });
  // Of a channel's many the first are read.
  const count = Math.max(members.length, snapshot.roomKind === 'channel' ? snapshot.memberCount : 0);
  const title = `${now.texts.membersOf(roomTitle(now, snapshot))} · ${count}`;
  dispatch({
    kind: 'panel',
    panel: { kind: 'members', title, text: lines.sort((a, b) => a.localeCompare(b)).join('\n'), scroll: 0 },
  });
}

/** What the list of the members says of each. */
function memberLine(world: World, { user, handle }: Member, state: string): string {
  const at = handle === undefined ? '' : ` @${handle}`;
  const rest = [state, statusOf(world, user)].filter((part) => part !== '').join(' · ');
  return `${nameOf(world, user)}${at}${rest === '' ? '' : `  ${rest}`}`;
}

/** Those of whom the device has something: the server tells who is out nothing more. */
function showFormer(snapshot: RoomSnapshot, now: World, dispatch: EffectDeps['dispatch']): void {
  const users = new Set<UserId>([
    ...(snapshot.members?.keys() ?? []),
    ...snapshot.messages.flatMap(({ sender, change }) => {
      if (change?.type === 'created') return change.members;
      return change?.type === 'joined' ? [sender, ...change.users] : [sender];
    }),
  ]);
  users.delete(now.me);
  const lines = [...users].map((user) =>
    memberLine(now, { user, handle: now.person(user)?.handle, name: undefined, status: undefined }, ''),
  );
  const text = [now.texts.membersThen, ...lines.sort((a, b) => a.localeCompare(b))].join('\n');
  const title = now.texts.membersOf(roomTitle(now, snapshot));
  dispatch({ kind: 'panel', panel: { kind: 'members', title, text, scroll: 0 } });
}
