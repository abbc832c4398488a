import type { Quote, RoomSnapshot } from '@maru/client';
import { PinOff } from 'lucide-react';
import { useState } from 'react';
import { personName } from '../../i18n/room-title.ts';
import { useTexts } from '../../i18n/texts.tsx';
import { useClient } from '../../state/client-context.tsx';
import { usePerson } from '../../state/use-person.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { Panel } from '../../ui/panel.tsx';
import { useConversation } from '../conversation-context.ts';
import { quoteText } from '../quote-text.ts';

/** All pinned messages, the newest first. A press goes to one. */
export function PinsPanel({
  snapshot,
  onClose,
}: {
  readonly snapshot: RoomSnapshot;
  readonly onClose: () => void;
}) {
  const { t } = useTexts();
  return (
    <Panel title={t('pin.list')} onClose={onClose}>
      <ul className="flex min-h-24 flex-col gap-2 overflow-y-auto px-5 pb-5">
        {snapshot.pins.map((pin) => (
          <PinItem key={pin.seq} pin={pin} mayUnpin={snapshot.can.pin} onClose={onClose} />
        ))}
      </ul>
    </Panel>
  );
}

interface PinItemProps {
  readonly pin: Quote;
  readonly mayUnpin: boolean;
  readonly onClose: () => void;
}

function PinItem({ pin, mayUnpin, onClose }: PinItemProps) {
  const { t } = useTexts();
  const { user, commands } = useClient();
  const { room, goTo } = useConversation();
  const [isUnfolded, setUnfolded] = useState(false);
  const folded = pin.kind === 'message' && pin.folded === true && !isUnfolded;
  const sender = 'sender' in pin && !folded ? pin.sender : undefined;
  const person = usePerson(sender);
  return (
    <li className="flex items-center gap-1 rounded-control bg-field">
      <button
        type="button"
        onClick={() => {
          if (folded) return setUnfolded(true);
          onClose();
          goTo(pin.seq);
        }}
        className="min-w-0 grow rounded-control px-4 py-2.5 text-start hover:bg-hover"
      >
        {sender !== undefined && (
          <bdi className="block truncate font-semibold text-link text-small">
            {sender === user ? t('person.you') : personName(person, t)}
          </bdi>
        )}
        <span className="line-clamp-2" dir="auto">
          {folded ? t('message.folded') : quoteText(pin, t, isUnfolded)}
        </span>
      </button>
      {mayUnpin && (
        <IconButton
          icon={PinOff}
          label={t('message.unpin')}
          onClick={() => void commands.pin(room, pin.seq, false)}
        />
      )}
    </li>
  );
}
