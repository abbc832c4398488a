import type { ReactNode } from 'react';
import { PaneHeader } from '../ui/pane-header.tsx';

/** One page of the settings. */
export function SettingsPage({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <>
      <PaneHeader title={title} />
      <div className="flex min-h-0 grow flex-col gap-5 overflow-y-auto px-4 pt-1 pb-6">{children}</div>
    </>
  );
}
