import type { Scheduled } from '@maru/client';
import type { RoomId } from '@maru/protocol';
import { useState } from 'react';
import { errorText } from '../i18n/error-text.ts';
import { useTexts } from '../i18n/texts.tsx';
import { lineOf } from '../rooms/plain-text.ts';
import { useClient } from '../state/client-context.tsx';
import { useNow } from '../state/use-now.ts';
import { Panel } from '../ui/panel.tsx';
import { ScheduledForm } from './scheduled-form.tsx';
import { useScheduled } from './use-scheduled.ts';

/** What is to be sent later to a room: otherwise, at another time, or not at all. */
export function ScheduledPanel({ room, onClose }: { readonly room: RoomId; readonly onClose: () => void }) {
  const { t } = useTexts();
  const scheduled = useScheduled(room);
  return (
    <Panel title={t('scheduled.title')} onClose={onClose}>
      <ul className="flex min-h-24 flex-col gap-3 overflow-y-auto px-5 pb-5">
        {scheduled.map((item) => (
          <Item key={item.scheduled} item={item} />
        ))}
        {scheduled.length === 0 && <li className="py-4 text-center text-soft">{t('scheduled.empty')}</li>}
      </ul>
    </Panel>
  );
}

function Item({ item }: { readonly item: Scheduled }) {
  const { t, moments } = useTexts();
  const { commands } = useClient();
  const now = useNow();
  const [error, setError] = useState<string>();
  const [changes, setChanges] = useState(false);
  const act = async (give: () => Promise<unknown>) => {
    try {
      await give();
      setChanges(false);
    } catch (reason) {
      setError(errorText(reason, t));
    }
  };
  const said = error ?? (item.error === undefined ? undefined : t(`error.${item.error}`));
  return (
    <li className="rounded-control bg-field px-4 py-2.5">
      <p className="text-small text-soft">{`${moments.day(item.at, now)} ${moments.time(item.at)}`}</p>
      <p className="line-clamp-3" dir="auto">
        {lineOf(item.content) ?? t('message.unknown')}
      </p>
      {said !== undefined && (
        <p role="alert" className="text-danger text-small">
          {said}
        </p>
      )}
      {changes && <ScheduledForm item={item} onChange={(give) => void act(give)} />}
      <div className="flex gap-5 font-semibold text-small">
        <button type="button" onClick={() => setChanges(!changes)} className="min-h-10 text-link">
          {t('scheduled.change')}
        </button>
        <button
          type="button"
          onClick={() => void act(() => commands.cancelScheduled(item))}
          className="min-h-10 text-danger"
        >
          {t('scheduled.cancel')}
        </button>
      </div>
    </li>
  );
}
