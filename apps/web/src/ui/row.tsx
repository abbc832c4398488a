import { ChevronRight, type LucideIcon } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import type { Route } from '../route/route.ts';
import { RouteLink } from '../route/route-link.tsx';

const ROW =
  'relative flex min-h-12 w-full items-center gap-3 border-line border-t px-3.5 py-2 text-start -outline-offset-2 first:border-t-0';

interface RowProps {
  readonly icon?: LucideIcon;
  readonly title: string;
  /** What stands under the title. */
  readonly text?: string | undefined;
  readonly danger?: boolean;
  /** What stands at its end. */
  readonly children?: ReactNode;
}

function Face({ icon: Icon, title, text, danger = false, children }: RowProps) {
  return (
    <>
      {Icon !== undefined && (
        <Icon size={19} aria-hidden="true" className={`shrink-0 ${danger ? 'text-danger' : 'text-soft'}`} />
      )}
      <span className="min-w-0 grow basis-32">
        <span className={`block ${danger ? 'text-danger' : ''}`}>{title}</span>
        {text !== undefined && text !== '' && <span className="block text-small text-soft">{text}</span>}
      </span>
      {children}
    </>
  );
}

/** A row that does something. */
export function ActionRow({
  onPress,
  disabled = false,
  ...face
}: RowProps & {
  readonly onPress: () => void;
  readonly disabled?: boolean;
}) {
  return (
    <button
      type="button"
      onClick={onPress}
      disabled={disabled}
      className={`${ROW} transition-colors enabled:hover:bg-hover disabled:opacity-60`}
    >
      <Face {...face} />
    </button>
  );
}

/** A row that leads somewhere. */
export function LinkRow({ to, ...face }: RowProps & { readonly to: Route }) {
  return (
    <RouteLink to={to} className={`${ROW} transition-colors hover:bg-hover`}>
      <Face {...face} />
      <ChevronRight size={18} aria-hidden="true" className="shrink-0 text-faint" />
    </RouteLink>
  );
}

/** A row that says something. */
export function InfoRow(face: RowProps) {
  return (
    <div className={ROW}>
      <Face {...face} />
    </div>
  );
}

/** Something that is on or off. */
export function SwitchRow({
  on,
  onSwitch,
  disabled = false,
  ...face
}: Omit<RowProps, 'children'> & {
  readonly on: boolean;
  readonly onSwitch: (on: boolean) => void;
  readonly disabled?: boolean;
}) {
  return (
    <label
      className={`${ROW} cursor-pointer hover:bg-hover has-disabled:cursor-default has-disabled:opacity-60`}
    >
      <Face {...face}>
        <input
          type="checkbox"
          role="switch"
          aria-checked={on}
          checked={on}
          disabled={disabled}
          onChange={({ target }) => onSwitch(target.checked)}
          className="peer sr-only"
        />
        <span
          aria-hidden="true"
          className="flex h-6 w-10 shrink-0 items-center rounded-full bg-control p-0.5 transition-colors after:size-5 after:rounded-full after:bg-surface after:transition-transform peer-checked:bg-accent peer-checked:after:translate-x-4 peer-focus-visible:outline-2 peer-focus-visible:outline-accent peer-focus-visible:outline-offset-2 rtl:peer-checked:after:-translate-x-4"
        />
      </Face>
    </label>
  );
}

interface SelectRowProps<T extends string> extends Omit<RowProps, 'children'> {
  readonly choices: readonly { readonly value: T; readonly text: string }[];
  readonly chosen: T;
  readonly onChoose: (value: T) => void;
  readonly disabled?: boolean;
}

/**
 * One of several, by the device's own list: on a phone nothing is easier to press. It stands under what it is about where
 * both have no room beside each other.
 */
export function SelectRow<T extends string>(props: SelectRowProps<T>) {
  const { choices, chosen, onChoose, disabled = false, ...face } = props;
  const id = useId();
  const choose = (value: string) => {
    const choice = choices.find((one) => one.value === value);
    if (choice !== undefined) onChoose(choice.value);
  };
  return (
    <label htmlFor={id} className={`${ROW} flex-wrap gap-y-1`}>
      <Face {...face}>
        <select
          id={id}
          aria-label={face.title}
          value={chosen}
          disabled={disabled}
          onChange={({ target }) => choose(target.value)}
          className="ms-auto min-h-10 max-w-44 shrink-0 cursor-pointer rounded-control border border-control bg-field px-2 text-ink disabled:cursor-default disabled:opacity-60"
        >
          {choices.map(({ value, text }) => (
            <option key={value} value={value}>
              {text}
            </option>
          ))}
        </select>
      </Face>
    </label>
  );
}
