import type { ReactNode } from 'react';
import { Panel } from './panel.tsx';

interface SheetProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A panel whose parts stand under each other, and scroll together. */
export function Sheet({ title, onClose, children }: SheetProps) {
  return (
    <Panel title={title} onClose={onClose}>
      <div className="flex min-h-0 flex-col gap-4 overflow-y-auto px-5 pt-1 pb-5">{children}</div>
    </Panel>
  );
}
