import { ApiError, NetworkError, type Person, type ProfileChange } from '@maru/client';
import type { EffectDeps } from './effect-deps.ts';
import type { ClientEffect } from './state/effect.ts';
import { nameOf } from './state/world.ts';
import { shownInline } from './text/shown-text.ts';
import { errorText } from './texts/error-texts.ts';

/** Changes the user's own profile. Without a server it is kept, and goes out later. */
export async function changeProfile(change: ProfileChange, { client, world, dispatch }: EffectDeps) {
  const say = (tone: 'good' | 'bad' | 'warning', text: string) =>
    dispatch({ kind: 'notice', notice: { tone, text } });
  const done = client.updateProfile(change).then(
    () => say('good', world().texts.profileChanged),
    (error: unknown) => {
      // Where the client was closed before, it goes out the next time.
      if (error instanceof ApiError) say('bad', shownInline(errorText(error.body, world().language)));
    },
  );
  if (client.connection.state === 'online') await done;
  else say('warning', world().texts.profileKept);
}

/** Shows who somebody is: as the server says, and without one as they are known here. Throws where nobody has the handle. */
export async function showPerson(handle: string, { client, world, dispatch }: EffectDeps): Promise<void> {
  const person = await findPerson(handle, client);
  const now = world();
  const { texts } = now;
  const room = client.allRooms.find(({ peer }) => peer === person.user);
  const state = room && client.room(room.room)?.presence?.users.find(({ user }) => user === person.user);
  const lines = [
    `@${person.handle}`,
    ...(person.status === '' ? [] : [shownInline(person.status)]),
    ...(person.user === client.user ? [`(${texts.you})`] : []),
    ...(state === undefined || state.state === 'offline' ? [] : [texts[state.state]]),
  ];
  dispatch({
    kind: 'panel',
    panel: { kind: 'text', title: nameOf(now, person.user), text: lines.join('\n'), scroll: 0 },
  });
}

/** Reports somebody to the administrators; a message with its text, as was asked. */
export async function report(
  { kind: _kind, note, seq, ...what }: Extract<ClientEffect, { kind: 'report' }>,
  { client, world, dispatch }: EffectDeps,
): Promise<void> {
  const message = seq === undefined ? {} : { seq, include: true };
  await client.api.postReport({ body: { ...what, ...message, ...(note !== '' && { note }) } });
  dispatch({ kind: 'notice', notice: { tone: 'good', text: world().texts.reported } });
}

async function findPerson(handle: string, client: EffectDeps['client']): Promise<Person> {
  try {
    return await client.findPerson(handle);
  } catch (error) {
    const known = client.people.find((person) => person.handle === handle);
    if (error instanceof NetworkError && known !== undefined) return known;
    if (error instanceof ApiError && error.code === 'not-found') throw new Nobody(handle);
    throw error;
  }
}

/** Nobody has this handle. */
export class Nobody extends Error {
  override readonly name = 'Nobody';
}
