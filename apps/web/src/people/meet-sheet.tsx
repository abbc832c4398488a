import type { Person } from '@maru/client';
import { directRoomId, type RoomId } from '@maru/protocol';
import { useEffect, useState } from 'react';
import { personName } from '../i18n/room-title.ts';
import { useTexts } from '../i18n/texts.tsx';
import { useClient } from '../state/client-context.tsx';
import { useAct } from '../state/use-act.ts';
import { useRoom } from '../state/use-room.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Button } from '../ui/button.tsx';
import { Sheet } from '../ui/sheet.tsx';

interface MeetSheetProps {
  readonly person: Person;
  /** It is done, or not wanted. `room`: the conversation. */
  readonly onDone: (room?: RoomId) => void;
}

/**
 * To whom a link leads, before a conversation is made with them: they see it, and by it who opened their link, which any
 * page can have its visitors do.
 */
export function MeetSheet({ person, onDone }: MeetSheetProps) {
  const { t } = useTexts();
  const client = useClient();
  const act = useAct();
  const [isOpening, setOpening] = useState(false);
  const room = directRoomId(client.user, person.user);
  const isThere = useRoom(room) !== undefined;
  // It was made meanwhile, here or by them.
  useEffect(() => {
    if (isThere) onDone(room);
  });
  const open = async () => {
    setOpening(true);
    const hasBegun = await act(() => client.commands.openDirect(person.user));
    if (hasBegun) onDone(room);
    else setOpening(false);
  };
  const name = personName(person, t);
  return (
    <Sheet title={t('meet.title')} onClose={() => onDone()}>
      <div className="flex flex-col items-center gap-1 text-center">
        <Avatar id={person.user} name={name} size="large" />
        <p className="mt-2 font-semibold text-title">
          <bdi>{name}</bdi>
        </p>
        <p className="text-small text-soft">
          <bdi>@{person.handle}</bdi>
        </p>
      </div>
      <p className="text-center text-small text-soft">{t('meet.text')}</p>
      <Button look="primary" disabled={isOpening} onClick={() => void open()}>
        {t('meet.open')}
      </Button>
    </Sheet>
  );
}
