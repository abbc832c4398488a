import { countText, limits } from '@maru/protocol';

interface BadgeProps {
  readonly count: number;
  /** Of a room that the user wants to hear nothing of. */
  readonly quiet: boolean;
  /** Read out in place of the number. */
  readonly label: string;
  readonly mention?: boolean;
}

/** How many are unread. The SDK counts one beyond what is shown, which stands for more. */
export function Badge({ count, quiet, label, mention = false }: BadgeProps) {
  const shown = countText(count, mention ? limits.UNREAD_MENTIONS_MAX - 1 : undefined);
  return (
    <span
      className={`inline-flex h-5 min-w-5 items-center justify-center rounded-full px-1.5 font-semibold text-tiny tabular-nums ${quiet ? 'bg-quiet text-on-quiet' : 'bg-badge text-on-badge'}`}
    >
      <span aria-hidden="true">{mention ? `@${count > 1 ? shown : ''}` : shown}</span>
      <span className="sr-only">{label}</span>
    </span>
  );
}
