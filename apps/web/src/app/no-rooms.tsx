import { MessagesSquare } from 'lucide-react';
import { useTexts } from '../i18n/texts.tsx';
import { ShareLinkButton } from '../people/share-link-button.tsx';
import { go } from '../route/use-route.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';

/** What stands in place of the list of who has talked to nobody yet. */
export function NoRooms() {
  const { t } = useTexts();
  return (
    <div className="overflow-y-auto">
      <EmptyState icon={MessagesSquare} title={t('rooms.emptyTitle')} text={t('rooms.emptyText')}>
        <Button look="primary" onClick={() => go({ kind: 'new' })}>
          {t('rooms.find')}
        </Button>
        <ShareLinkButton />
      </EmptyState>
    </div>
  );
}
