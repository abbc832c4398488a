import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

interface EmptyStateProps {
  readonly icon: LucideIcon;
  readonly title: string;
  /** What to do next. */
  readonly text: string;
  /** Whether it is all that there is on the page. */
  readonly alone?: boolean;
  /** The buttons that do it. */
  readonly children?: ReactNode;
}

/** What stands where there is nothing yet. */
export function EmptyState({ icon: Icon, title, text, alone = false, children }: EmptyStateProps) {
  const Heading = alone ? 'h1' : 'h2';
  return (
    <div className="mx-auto flex max-w-80 flex-col items-center gap-2 px-6 py-10 text-center">
      <span className="mb-2 flex size-14 items-center justify-center rounded-full bg-selected text-accent">
        <Icon size={26} aria-hidden="true" />
      </span>
      <Heading className="font-semibold text-title">{title}</Heading>
      <p className="text-soft">{text}</p>
      {children !== undefined && <div className="mt-3 flex w-full flex-col gap-2">{children}</div>}
    </div>
  );
}
