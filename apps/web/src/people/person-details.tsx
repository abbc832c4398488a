import type { RoomSnapshot } from '@maru/client';
import type { UserId } from '@maru/protocol';
import { AtSign, Image } from 'lucide-react';
import { useState } from 'react';
import { personName } from '../i18n/room-title.ts';
import { useTexts } from '../i18n/texts.tsx';
import { NotMade } from '../refused/not-made.tsx';
import { NotificationSection } from '../rooms/notification-section.tsx';
import { peerPresence } from '../rooms/peer-presence.ts';
import { TimerRow } from '../rooms/timer-row.tsx';
import { useNow } from '../state/use-now.ts';
import { usePerson } from '../state/use-person.ts';
import { Avatar } from '../ui/avatar.tsx';
import { ActionRow, InfoRow } from '../ui/row.tsx';
import { Section } from '../ui/section.tsx';
import { presenceText } from './presence-text.ts';
import { RelationSection } from './relation-section.tsx';

/** Who somebody is, and what the user and they are to each other. */
export function PersonDetails({
  snapshot,
  peer,
}: {
  readonly snapshot: RoomSnapshot;
  readonly peer: UserId;
}) {
  const { t, moments } = useTexts();
  const person = usePerson(peer);
  const now = useNow();
  const [isAsked, setAsked] = useState(false);
  const showsPicture = snapshot.loadsRemote || isAsked;
  const name = personName(person, t);
  const presence = peerPresence(snapshot);
  return (
    <>
      <div className="flex flex-col items-center gap-1 text-center">
        <Avatar id={peer} name={name} picture={showsPicture ? person?.avatar : undefined} size="large" />
        <h2 className="mt-2 font-semibold text-title">
          <bdi>{name}</bdi>
        </h2>
        <p className="text-small text-soft">
          {snapshot.unavailable ? t('room.unavailable') : presenceText(presence, { t, moments, now })}
        </p>
        {person?.status !== undefined && person.status !== '' && (
          <p className="mt-1 rounded-panel bg-field px-4 py-2">
            <bdi>{person.status}</bdi>
          </p>
        )}
      </div>
      <Section>
        {person !== undefined && <InfoRow icon={AtSign} title={person.handle} />}
        {person?.avatar !== undefined && !showsPicture && (
          <ActionRow
            icon={Image}
            title={t('details.showPicture')}
            text={t('details.showPictureText')}
            onPress={() => setAsked(true)}
          />
        )}
        {snapshot.membership === 'member' && !snapshot.unavailable && <TimerRow snapshot={snapshot} />}
      </Section>
      <NotMade snapshot={snapshot} />
      <NotificationSection snapshot={snapshot} />
      <RelationSection
        peer={peer}
        name={name}
        state={snapshot.relation?.state ?? 'none'}
        isThere={!snapshot.unavailable}
        room={snapshot.room}
      />
    </>
  );
}
