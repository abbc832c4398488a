import { type ReactNode, useId } from 'react';

interface SectionProps {
  readonly title?: string;
  /** What stands under it, in small letters: what the choices in it mean. */
  readonly hint?: string | undefined;
  readonly children: ReactNode;
}

/** A card of rows that belong together, with what they are called above it. */
export function Section({ title, hint, children }: SectionProps) {
  const id = useId();
  return (
    <section aria-labelledby={title === undefined ? undefined : id} className="flex flex-col gap-1.5">
      {title !== undefined && (
        <h2 id={id} className="px-1 font-semibold text-small text-soft">
          {title}
        </h2>
      )}
      <div className="flex flex-col overflow-hidden rounded-panel border border-line bg-raised">
        {children}
      </div>
      {hint !== undefined && <p className="px-1 text-faint text-small">{hint}</p>}
    </section>
  );
}
