import type { ButtonHTMLAttributes } from 'react';

const LOOKS = {
  primary: 'bg-accent text-on-accent hover:bg-accent-hover',
  quiet: 'bg-field text-ink hover:bg-hover',
  plain: 'text-link hover:bg-hover',
  danger: 'text-danger hover:bg-hover',
} as const;

interface ButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'className' | 'type'> {
  /** One `primary` a screen; `danger` for what can't be undone. */
  readonly look?: keyof typeof LOOKS;
  readonly type?: 'button' | 'submit';
  readonly wide?: boolean;
}

export function Button({ look = 'quiet', type = 'button', wide = false, ...others }: ButtonProps) {
  return (
    <button
      {...others}
      type={type}
      className={`inline-flex min-h-10 items-center justify-center gap-2 rounded-control px-4 py-2 font-semibold transition-colors disabled:opacity-60 ${LOOKS[look]} ${wide ? 'w-full' : ''}`}
    />
  );
}
