import { Menu } from '@base-ui/react/menu';
import { type ReactNode, useMemo } from 'react';

/** In pixels of the window. */
export interface MenuPlace {
  readonly x: number;
  readonly y: number;
  /** What has the focus again when the menu is closed; absent: what had it before. */
  readonly back?: HTMLElement | null | undefined;
}

interface MenuAtProps {
  readonly place: MenuPlace;
  readonly label: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A menu where the pointer or the finger is. */
export function MenuAt({ place, label, onClose, children }: MenuAtProps) {
  const anchor = useMemo(() => ({ getBoundingClientRect: () => new DOMRect(place.x, place.y) }), [place]);
  return (
    <Menu.Root open onOpenChange={(open) => !open && onClose()} modal={false}>
      <Menu.Portal>
        <Menu.Positioner
          // What is taller than the page does not make that scroll.
          positionMethod="fixed"
          anchor={anchor}
          sideOffset={4}
          align="start"
          collisionPadding={8}
          collisionAvoidance={{ side: 'shift', align: 'shift' }}
          className="z-20"
        >
          <Menu.Popup
            aria-label={label}
            finalFocus={() => focusAgain(place)}
            className="max-h-[calc(100dvh-1rem)] min-w-56 overflow-y-auto rounded-panel bg-raised p-1.5 text-ink shadow-raised outline-none"
          >
            {children}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

/** By hand: what can be pressed in `back` would get the focus in its place. Gives whether the menu may choose. */
function focusAgain({ back }: MenuPlace): boolean {
  back?.focus({ preventScroll: true });
  return back === undefined || back === null;
}
