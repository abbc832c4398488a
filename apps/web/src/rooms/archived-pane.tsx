import type { RoomId } from '@maru/protocol';
import { Archive } from 'lucide-react';
import { useTexts } from '../i18n/texts.tsx';
import { useClientValue } from '../state/use-client-value.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { PaneHeader } from '../ui/pane-header.tsx';
import { RoomList } from './room-list.tsx';

/** Conversations that the user put away. */
export function ArchivedPane({
  open,
  onBack,
}: {
  readonly open: RoomId | undefined;
  readonly onBack: () => void;
}) {
  const { t } = useTexts();
  const rooms = useClientValue((client) => client.rooms);
  const archived = rooms.filter((room) => room.archived);
  return (
    <>
      <PaneHeader title={t('archived.title')} onBack={onBack} />
      {archived.length === 0 ? (
        <EmptyState icon={Archive} title={t('archived.emptyTitle')} text={t('archived.emptyText')} />
      ) : (
        <RoomList rooms={archived} open={open} label={t('archived.title')} />
      )}
    </>
  );
}
