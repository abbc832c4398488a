import type { RoomId } from '@maru/protocol';
import { UserRoundCheck } from 'lucide-react';
import { useTexts } from '../i18n/texts.tsx';
import { useClientValue } from '../state/use-client-value.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { PaneHeader } from '../ui/pane-header.tsx';
import { RoomList } from './room-list.tsx';

/** Those who write or ask to be contacts, and were not answered. */
export function RequestsPane({
  open,
  onBack,
}: {
  readonly open: RoomId | undefined;
  readonly onBack: () => void;
}) {
  const { t } = useTexts();
  const requests = useClientValue((client) => client.requests);
  return (
    <>
      <PaneHeader title={t('requests.title')} onBack={onBack} />
      {requests.length === 0 ? (
        <EmptyState icon={UserRoundCheck} title={t('requests.emptyTitle')} text={t('requests.emptyText')} />
      ) : (
        <>
          <p className="px-4 pb-3 text-small text-soft">{t('requests.text')}</p>
          <RoomList rooms={requests} open={open} label={t('requests.title')} />
        </>
      )}
    </>
  );
}
