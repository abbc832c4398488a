import { type InputHTMLAttributes, useId } from 'react';

interface TextFieldProps
  extends Omit<InputHTMLAttributes<HTMLInputElement>, 'className' | 'onChange' | 'value'> {
  readonly label: string;
  readonly value: string;
  readonly onValue: (value: string) => void;
  /** What belongs into it. */
  readonly hint?: string | undefined;
  /** What is wrong with it, and what to do about that; stands in place of the hint. */
  readonly error?: string | undefined;
  /** What stands before what is written, and is not written. */
  readonly prefix?: string;
}

export function TextField({ label, value, onValue, hint, error, prefix, ...others }: TextFieldProps) {
  const id = useId();
  const said = error ?? hint;
  const border = error === undefined ? 'border-control' : 'border-danger';
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="text-small font-semibold text-soft">
        {label}
      </label>
      <div
        // What has such a beginning is written from left to right in all languages.
        dir={prefix === undefined ? undefined : 'ltr'}
        className={`flex items-center rounded-control border bg-field focus-within:outline-2 focus-within:outline-accent ${border}`}
      >
        {prefix !== undefined && <span className="ps-3 text-input text-faint">{prefix}</span>}
        <input
          {...others}
          id={id}
          value={value}
          onChange={({ target }) => onValue(target.value)}
          aria-invalid={error !== undefined}
          aria-describedby={said === undefined ? undefined : `${id}-said`}
          className={`h-11 min-w-0 grow bg-transparent text-input text-ink outline-none placeholder:text-faint ${prefix === undefined ? 'px-3' : 'ps-0.5 pe-3'}`}
        />
      </div>
      {said !== undefined && (
        <p
          id={`${id}-said`}
          role={error === undefined ? undefined : 'alert'}
          className={`text-small ${error === undefined ? 'text-faint' : 'text-danger'}`}
        >
          {said}
        </p>
      )}
    </div>
  );
}
