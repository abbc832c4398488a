import { useId } from 'react';

interface ChoiceGroupProps<T extends string> {
  readonly label: string;
  readonly choices: readonly { readonly value: T; readonly text: string }[];
  readonly chosen: T;
  readonly onChoose: (value: T) => void;
}

/** One of a few, all in sight. */
export function ChoiceGroup<T extends string>({ label, choices, chosen, onChoose }: ChoiceGroupProps<T>) {
  const name = useId();
  return (
    <fieldset>
      <legend className="mb-1.5 font-semibold text-small text-soft">{label}</legend>
      <div className="flex flex-wrap gap-1 rounded-control bg-field p-1">
        {choices.map(({ value, text }) => (
          <label
            key={value}
            className="flex min-h-10 grow cursor-pointer items-center justify-center whitespace-nowrap rounded-[0.4375rem] px-1.5 text-center has-checked:bg-selected has-checked:font-semibold has-checked:text-link has-checked:shadow-bubble has-focus-visible:outline-2 has-focus-visible:outline-accent"
          >
            <input
              type="radio"
              name={name}
              value={value}
              checked={value === chosen}
              onChange={() => onChoose(value)}
              className="sr-only"
            />
            {text}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
