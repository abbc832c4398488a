import type { RoomSnapshot } from '@maru/client';
import { useEffect } from 'react';
import { useTexts } from '../../i18n/texts.tsx';
import { useClient } from '../../state/client-context.tsx';
import { lazy } from '../../ui/lazy.ts';
import { say } from '../../ui/overlay-store.ts';
import { useMessage } from '../use-message.ts';
import { DetailsPanel } from './details-panel.tsx';
import { ForwardPanel } from './forward-panel.tsx';
import type { MessagePanelChoice, PanelChoice } from './panel-choice.ts';
import { PinsPanel } from './pins-panel.tsx';
import { ReportPanel } from './report-panel.tsx';
import { VersionsPanel } from './versions-panel.tsx';

const EmojiPanel = lazy(async () => ({ default: (await import('../../emoji/emoji-panel.tsx')).EmojiPanel }));

interface ConversationPanelProps {
  readonly choice: PanelChoice;
  readonly snapshot: RoomSnapshot;
  readonly onClose: () => void;
}

/** What was asked for above a conversation. */
export function ConversationPanel({ choice, snapshot, onClose }: ConversationPanelProps) {
  return choice.kind === 'pins' ? (
    <PinsPanel snapshot={snapshot} onClose={onClose} />
  ) : (
    <MessagePanel choice={choice} snapshot={snapshot} onClose={onClose} />
  );
}

interface MessagePanelProps extends ConversationPanelProps {
  readonly choice: MessagePanelChoice;
}

function MessagePanel({ choice, snapshot, onClose }: MessagePanelProps) {
  const { commands } = useClient();
  const { t } = useTexts();
  const { room } = snapshot;
  const message = useMessage(snapshot, choice.message);
  const { seq, deleted, expired } = message;
  // Of what is gone nothing is shown any more. Why somebody reports it is not lost by that.
  const isOver = (deleted || expired) && choice.kind !== 'report';
  useEffect(() => {
    if (!isOver) return;
    say(t(expired ? 'message.expired' : 'message.deleted'));
    onClose();
  });
  if (isOver) return null;
  if (seq === undefined) return null;
  switch (choice.kind) {
    case 'forward':
      return <ForwardPanel room={room} seq={seq} onClose={onClose} />;
    case 'versions':
      return <VersionsPanel message={message} room={room} seq={seq} onClose={onClose} />;
    case 'details':
      return <DetailsPanel message={message} seq={seq} snapshot={snapshot} onClose={onClose} />;
    case 'report':
      return <ReportPanel message={message} seq={seq} room={room} onClose={onClose} />;
    case 'emoji':
      return (
        <EmojiPanel
          onClose={onClose}
          onTake={(emoji) => {
            void commands.react(room, seq, emoji);
            onClose();
          }}
        />
      );
  }
}
