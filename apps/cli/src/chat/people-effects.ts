import { ApiError, NetworkError, type Person, type ProfileChange } from '@maru/client';
import type { EffectDeps } from './effect-deps.ts';
import { say, showText } from './say.ts';
import type { PeopleEffect } from './state/effect.ts';
import { nameOf } from './state/world.ts';
import { shownInline } from './text/shown-text.ts';
import { errorText } from './texts/error-texts.ts';

export async function runPeopleEffect(effect: PeopleEffect, deps: EffectDeps): Promise<void> {
  switch (effect.kind) {
    case 'profile':
      return changeProfile(effect.change, deps);
    case 'report':
      return report(effect, deps);
    case 'whois':
      return showPerson(effect.handle, deps);
  }
}

/** Changes the user's own profile. Without a server it is kept, and goes out later. */
async function changeProfile(change: ProfileChange, deps: EffectDeps) {
  const { profileChanged, profileKept } = deps.world().texts;
  await bring(deps.client.updateProfile(change), { done: profileChanged, kept: profileKept }, deps);
}

/** Says when the server has a change of the account, or, without one, that it is kept. */
export async function bring(
  change: Promise<void>,
  texts: { readonly done: string; readonly kept: string },
  { client, world, dispatch }: EffectDeps,
): Promise<void> {
  const done = change.then(
    () => say(dispatch, 'good', texts.done),
    (error: unknown) => {
      // Where the client was closed before, it goes out the next time.
      if (error instanceof ApiError)
        say(dispatch, 'bad', shownInline(errorText(error.body, world().language)));
    },
  );
  if (client.connection.state === 'online') await done;
  else say(dispatch, 'warning', texts.kept);
}

/** Shows who somebody is: as the server says, and without one as they are known here. Throws where nobody has the handle. */
async function showPerson(handle: string, { client, world, dispatch }: EffectDeps): Promise<void> {
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
  showText(dispatch, nameOf(now, person.user), lines.join('\n'));
}

/** Reports somebody to the administrators; a message with its text, as was asked. */
async function report(
  { kind: _kind, note, seq, ...what }: Extract<PeopleEffect, { kind: 'report' }>,
  { client, world, dispatch }: EffectDeps,
): Promise<void> {
  const message = seq === undefined ? {} : { seq, include: true };
  await client.api.postReport({ body: { ...what, ...message, ...(note !== '' && { note }) } });
  say(dispatch, 'good', world().texts.reported);
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
