import type { LucideIcon } from 'lucide-react';
import type { ButtonHTMLAttributes, Ref } from 'react';

const ICON_PIXELS = 21;

interface IconButtonProps
  extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'className' | 'type' | 'children'> {
  readonly icon: LucideIcon;
  /** What it does: read out, and shown when the pointer rests on it. */
  readonly label: string;
  readonly type?: 'button' | 'submit';
  readonly look?: 'plain' | 'primary';
  readonly ref?: Ref<HTMLButtonElement>;
}

export function IconButton({
  icon: Icon,
  label,
  type = 'button',
  look = 'plain',
  ...others
}: IconButtonProps) {
  const colours =
    look === 'primary'
      ? 'bg-accent text-on-accent hover:bg-accent-hover disabled:bg-field disabled:text-faint'
      : 'text-soft hover:bg-hover hover:text-ink disabled:opacity-60';
  return (
    <button
      {...others}
      type={type}
      aria-label={label}
      title={label}
      className={`inline-flex size-10 shrink-0 items-center justify-center rounded-full transition-colors ${colours}`}
    >
      <Icon size={ICON_PIXELS} aria-hidden="true" />
    </button>
  );
}
