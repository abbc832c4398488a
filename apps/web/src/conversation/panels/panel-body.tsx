import type { ReactNode } from 'react';
import type { Loaded } from '../../state/use-loaded.ts';

/** What a panel shows of what it waits for: nothing, why it does not come, or all of it. */
export function PanelBody({
  loaded,
  children,
}: {
  readonly loaded: Loaded<unknown>;
  readonly children: ReactNode;
}) {
  return (
    <div
      aria-busy={loaded.value === undefined && loaded.error === undefined}
      className="min-h-24 overflow-y-auto px-5 pb-5"
    >
      {loaded.error !== undefined && (
        <p role="alert" className="text-danger">
          {loaded.error}
        </p>
      )}
      {loaded.value !== undefined && children}
    </div>
  );
}
