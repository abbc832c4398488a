import { ApiError, type Person } from '@maru/client';
import { directRoomId, type PersonalCode, type RoomId } from '@maru/protocol';
import { Suspense, useEffect, useRef, useState } from 'react';
import { errorText } from '../i18n/error-text.ts';
import { useTexts } from '../i18n/texts.tsx';
import { withTexts } from '../i18n/with-texts.ts';
import type { Route } from '../route/route.ts';
import { go } from '../route/use-route.ts';
import { useClient } from '../state/client-context.tsx';
import { lazy } from '../ui/lazy.ts';
import { Notice } from '../ui/notice.tsx';

const JoinSheet = lazy(async () => ({
  default: (await withTexts(import('../groups/join-sheet.tsx'))).JoinSheet,
}));
const MeetSheet = lazy(async () => ({
  default: (await withTexts(import('../people/meet-sheet.tsx'))).MeetSheet,
}));

interface FollowLinkProps {
  readonly route: Route;
  /** Whether they signed up just now. */
  readonly isNew: boolean;
}

/** Carries who came by a link to where it leads, and says why where that does not work. */
export function FollowLink({ route, isNew }: FollowLinkProps) {
  const { t } = useTexts();
  const client = useClient();
  const [said, setSaid] = useState<string>();
  const [met, setMet] = useState<Person>();
  const signedUpByIt = useRef(isNew);
  signedUpByIt.current = isNew;
  const target = targetOf(route);
  const { kind } = route;
  const done = (room?: RoomId) =>
    go(room === undefined ? { kind: 'rooms' } : { kind: 'room', room }, { replace: true });
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each link, whatever else changes.
  useEffect(() => {
    if (kind === 'invite') done();
    if (target === undefined) return;
    let isOver = false;
    const atOnce = signedUpByIt.current;
    const follow = async () => {
      try {
        const person = await (kind === 'user'
          ? client.findByLink(target as PersonalCode)
          : client.findPerson(target));
        if (isOver) return;
        const room = directRoomId(client.user, person.user);
        if (person.user === client.user) done();
        else if (client.room(room) !== undefined) done(room);
        else if (!atOnce) setMet(person);
        else {
          const made = await client.commands.openDirect(person.user);
          if (!isOver) done(made.room);
        }
      } catch (error) {
        if (isOver) return;
        const isNobody = kind === 'with' && error instanceof ApiError && error.body.code === 'not-found';
        setSaid(isNobody ? t('people.notFound', { handle: target }) : errorText(error, t));
        done();
      }
    };
    void follow();
    return () => {
      isOver = true;
      setMet(undefined);
    };
  }, [client, kind, target]);
  if (route.kind === 'join') {
    return (
      <Suspense>
        <JoinSheet code={route.code} atOnce={isNew} onDone={done} />
      </Suspense>
    );
  }
  if (met !== undefined) {
    return (
      <Suspense>
        <MeetSheet person={met} onDone={done} />
      </Suspense>
    );
  }
  return said === undefined ? null : <Notice text={said} onClose={() => setSaid(undefined)} />;
}

/** What a link names. */
function targetOf(route: Route): string | undefined {
  if (route.kind === 'user') return route.code;
  return route.kind === 'with' ? route.handle : undefined;
}
