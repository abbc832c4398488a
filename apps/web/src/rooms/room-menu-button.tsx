import type { RoomId } from '@maru/protocol';
import { EllipsisVertical } from 'lucide-react';
import { Suspense, useRef, useState } from 'react';
import { useTexts } from '../i18n/texts.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import type { MenuPlace } from '../ui/menu-at.tsx';
import { RoomMenu } from './lazy-room-menu.ts';

/** Opens a conversation's menu under itself. */
export function RoomMenuButton({ room }: { readonly room: RoomId }) {
  const { t } = useTexts();
  const button = useRef<HTMLButtonElement>(null);
  const [place, setPlace] = useState<MenuPlace>();
  const open = () => {
    const { left = 0, bottom = 0 } = button.current?.getBoundingClientRect() ?? {};
    setPlace({ x: left, y: bottom });
  };
  return (
    <>
      <IconButton
        ref={button}
        icon={EllipsisVertical}
        label={t('room.menu')}
        aria-haspopup="menu"
        aria-expanded={place !== undefined}
        onClick={open}
      />
      {place !== undefined && (
        <Suspense>
          <RoomMenu room={room} place={place} onClose={() => setPlace(undefined)} />
        </Suspense>
      )}
    </>
  );
}
