import { type TextareaHTMLAttributes, useId } from 'react';

interface TextAreaProps
  extends Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'className' | 'onChange' | 'value'> {
  readonly label: string;
  readonly value: string;
  readonly onValue: (value: string) => void;
}

/** Some lines of text; grows with them. */
export function TextArea({ label, value, onValue, ...others }: TextAreaProps) {
  const id = useId();
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="font-semibold text-small text-soft">
        {label}
      </label>
      <textarea
        {...others}
        id={id}
        rows={3}
        value={value}
        onChange={({ target }) => onValue(target.value)}
        className="field-sizing-content max-h-60 min-h-20 resize-none rounded-control border border-control bg-field px-3 py-2 text-input text-ink outline-none focus:outline-2 focus:outline-accent"
      />
    </div>
  );
}
