import type { RoomId } from '@maru/protocol';
import { EmojiPanel } from '../emoji/emoji-panel.tsx';
import { RepliesPanel } from './replies-panel.tsx';
import { SchedulePanel } from './schedule-panel.tsx';
import { ScheduledPanel } from './scheduled-panel.tsx';

export type ComposerPanel = 'emoji' | 'schedule' | 'scheduled' | 'replies';

interface ComposerPanelsProps {
  readonly panel: ComposerPanel;
  readonly room: RoomId;
  readonly onEmoji: (emoji: string) => void;
  /** What is written is to be sent at a time. */
  readonly onSchedule: (at: number) => void;
  readonly onClose: () => void;
}

/** What a composer opens above itself. */
export function ComposerPanels({ panel, room, onEmoji, onSchedule, onClose }: ComposerPanelsProps) {
  switch (panel) {
    case 'emoji':
      return <EmojiPanel onTake={onEmoji} onClose={onClose} />;
    case 'schedule':
      return <SchedulePanel onChoose={onSchedule} onClose={onClose} />;
    case 'scheduled':
      return <ScheduledPanel room={room} onClose={onClose} />;
    case 'replies':
      return <RepliesPanel onClose={onClose} />;
  }
}
