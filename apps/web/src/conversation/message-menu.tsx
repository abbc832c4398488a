import { Menu } from '@base-ui/react/menu';
import type { Message, RoomSnapshot } from '@maru/client';
import {
  CheckCheck,
  Copy,
  EyeOff,
  Flag,
  Forward,
  History,
  Pencil,
  Pin,
  PinOff,
  Reply,
  SmilePlus,
  Star,
  StarOff,
  Trash2,
} from 'lucide-react';
import { useTexts } from '../i18n/texts.tsx';
import { plainText } from '../rooms/plain-text.ts';
import { useClient } from '../state/client-context.tsx';
import { useAct } from '../state/use-act.ts';
import { MenuAt, type MenuPlace } from '../ui/menu-at.tsx';
import { MenuItem } from '../ui/menu-item.tsx';
import { ask, say } from '../ui/overlay-store.ts';
import { useCopy } from '../ui/use-copy.ts';
import { useConversation } from './conversation-context.ts';
import { useMessage } from './use-message.ts';

/** Put on with one press. */
const QUICK_REACTIONS = ['👍', '❤️', '😂', '😮', '😢', '🙏'] as const;

interface MessageMenuProps {
  /** As it was when the menu was opened. */
  readonly message: Message;
  readonly place: MenuPlace;
  readonly snapshot: RoomSnapshot;
  readonly onClose: () => void;
}

/** What can be done with a message. */
export function MessageMenu({ message: given, place, snapshot, onClose }: MessageMenuProps) {
  const { t } = useTexts();
  const message = useMessage(snapshot, given);
  const { commands, settings } = useClient();
  const { reply, edit, openPanel } = useConversation();
  const act = useAct();
  const { copy } = useCopy();
  const { room } = snapshot;
  const { seq, content } = message;
  const own = message.state !== 'received';
  const text = plainText(content);
  const isHere = seq !== undefined && !message.deleted && !message.expired;
  const mayWrite = snapshot.membership === 'member' && snapshot.can.send;
  const isStarred = seq !== undefined && snapshot.stars.includes(seq);
  const isPinned = snapshot.pins.some((pin) => pin.seq === seq);
  return (
    <MenuAt place={place} label={t('message.menu')} onClose={onClose}>
      {isHere && mayWrite && <Reactions message={message} onDone={onClose} />}
      {isHere && mayWrite && (
        <MenuItem icon={Reply} text={t('message.reply')} onPress={() => reply(message)} />
      )}
      {text !== undefined && (
        <MenuItem
          icon={Copy}
          text={t('message.copy')}
          onPress={() => void copy(text).then((isCopied) => isCopied && say(t('action.copied')))}
        />
      )}
      {isHere && own && mayWrite && text !== undefined && (
        <MenuItem icon={Pencil} text={t('message.edit')} onPress={() => edit(message)} />
      )}
      {isHere && snapshot.can.pin && (
        <MenuItem
          icon={isPinned ? PinOff : Pin}
          text={t(isPinned ? 'message.unpin' : 'message.pin')}
          onPress={() => void act(() => commands.pin(room, seq, !isPinned))}
        />
      )}
      {isHere && text !== undefined && (
        <MenuItem
          icon={Forward}
          text={t('message.forward')}
          onPress={() => openPanel({ kind: 'forward', message })}
        />
      )}
      {isHere && (
        <MenuItem
          icon={isStarred ? StarOff : Star}
          text={t(isStarred ? 'message.unstar' : 'message.star')}
          onPress={() => void act(() => settings.star(room, seq, !isStarred))}
        />
      )}
      <Lookups message={message} own={own} isHere={isHere} />
      <Deletions message={message} />
    </MenuAt>
  );
}

function Reactions({ message, onDone }: { readonly message: Message; readonly onDone: () => void }) {
  const { commands } = useClient();
  const { t } = useTexts();
  const { room, openPanel } = useConversation();
  const { seq, reactions } = message;
  if (seq === undefined) return null;
  const isMine = (emoji: string) => reactions.some(({ reaction, mine }) => reaction === emoji && mine);
  return (
    <Menu.Group className="mb-1 flex justify-between border-line border-b pb-1.5">
      {QUICK_REACTIONS.map((emoji) => (
        <Menu.Item
          key={emoji}
          aria-label={t('reaction.put', { reaction: emoji })}
          onClick={() => {
            void commands.react(room, seq, emoji, !isMine(emoji));
            onDone();
          }}
          className={`flex size-10 cursor-pointer items-center justify-center rounded-full font-emoji text-[1.375rem] outline-none data-highlighted:bg-hover ${isMine(emoji) ? 'bg-selected' : ''}`}
        >
          {emoji}
        </Menu.Item>
      ))}
      <Menu.Item
        aria-label={t('emoji.more')}
        onClick={() => openPanel({ kind: 'emoji', message })}
        className="flex size-10 cursor-pointer items-center justify-center rounded-full text-soft outline-none data-highlighted:bg-hover"
      >
        <SmilePlus size={21} aria-hidden="true" />
      </Menu.Item>
    </Menu.Group>
  );
}

/** What can be read of a message beside what it says. */
function Lookups({
  message,
  own,
  isHere,
}: {
  readonly message: Message;
  readonly own: boolean;
  readonly isHere: boolean;
}) {
  const { t } = useTexts();
  const { openPanel } = useConversation();
  if (!isHere) return null;
  return (
    <>
      {(own || message.reactions.length > 0 || message.unreadBy !== undefined) && (
        <MenuItem
          icon={CheckCheck}
          text={t('message.details')}
          onPress={() => openPanel({ kind: 'details', message })}
        />
      )}
      {message.edited && (
        <MenuItem
          icon={History}
          text={t('message.versions')}
          onPress={() => openPanel({ kind: 'versions', message })}
        />
      )}
      {!own && (
        <MenuItem
          icon={Flag}
          text={t('message.report')}
          onPress={() => openPanel({ kind: 'report', message })}
        />
      )}
    </>
  );
}

function Deletions({ message }: { readonly message: Message }) {
  const { t } = useTexts();
  const { commands, settings } = useClient();
  const { room } = useConversation();
  const act = useAct();
  const { seq, state, deleted, expired } = message;
  if (seq === undefined) return null;
  const remove = async (how: 'hide' | 'delete') => {
    const question = {
      title: t(how === 'hide' ? 'panel.hide' : 'panel.delete'),
      text: t(how === 'hide' ? 'panel.hideText' : 'panel.deleteText'),
      action: t('panel.deleteDo'),
    };
    if (!(await ask(question))) return;
    await act(() => (how === 'hide' ? settings.hideMessages(room, [seq]) : commands.delete(room, seq)));
  };
  return (
    <>
      <MenuItem icon={EyeOff} text={t('message.hide')} onPress={() => void remove('hide')} />
      {state !== 'received' && !deleted && !expired && (
        <MenuItem icon={Trash2} text={t('message.delete')} danger onPress={() => void remove('delete')} />
      )}
    </>
  );
}
