import { Menu } from '@base-ui/react/menu';
import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

interface MenuItemProps {
  readonly icon: LucideIcon;
  readonly text: string;
  /** Why it is disabled, where that is not in the text. */
  readonly why?: string | undefined;
  readonly danger?: boolean;
  readonly disabled?: boolean;
  readonly onPress: () => void;
  /** The menu stays, with something else in it. */
  readonly stays?: boolean;
  readonly children?: ReactNode;
}

export function MenuItem({
  icon: Icon,
  text,
  why,
  danger = false,
  disabled = false,
  onPress,
  stays = false,
  children,
}: MenuItemProps) {
  return (
    <Menu.Item
      onClick={onPress}
      disabled={disabled}
      closeOnClick={!stays}
      className={`flex min-h-10 cursor-pointer items-center gap-3 rounded-control px-3 outline-none data-highlighted:bg-hover data-disabled:cursor-default data-disabled:text-faint ${danger ? 'text-danger' : ''}`}
    >
      <Icon size={18} aria-hidden="true" className={`shrink-0 ${danger ? '' : 'text-soft'}`} />
      <span className="grow py-1">
        <span className="block">{text}</span>
        {why !== undefined && <span className="block text-small">{why}</span>}
      </span>
      {children}
    </Menu.Item>
  );
}
