import type { RoomId } from '@maru/protocol';
import { X } from 'lucide-react';
import { GroupDetails } from '../groups/group-details.tsx';
import { useTexts } from '../i18n/texts.tsx';
import { PersonDetails } from '../people/person-details.tsx';
import { goBackOr } from '../route/use-route.ts';
import { useRoom } from '../state/use-room.ts';
import { IconButton } from '../ui/icon-button.tsx';

/** All about a conversation beside what is said in it. */
export function DetailsPane({ room }: { readonly room: RoomId }) {
  const { t } = useTexts();
  const snapshot = useRoom(room);
  return (
    <>
      <div className="flex h-15 shrink-0 items-center gap-1 border-line border-b ps-4 pe-2">
        <h1 className="grow font-semibold text-title">{t('room.detailsTitle')}</h1>
        <IconButton icon={X} label={t('action.close')} onClick={() => goBackOr({ kind: 'room', room })} />
      </div>
      <div className="mx-auto flex min-h-0 w-full max-w-140 grow flex-col gap-5 overflow-y-auto px-4 py-5">
        {snapshot === undefined ? (
          <p className="text-center text-soft">{t('room.gone')}</p>
        ) : snapshot.peer === undefined ? (
          <GroupDetails snapshot={snapshot} />
        ) : (
          <PersonDetails snapshot={snapshot} peer={snapshot.peer} />
        )}
      </div>
    </>
  );
}
