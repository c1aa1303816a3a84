import { useId, type SelectHTMLAttributes } from 'react';

interface SelectProps extends SelectHTMLAttributes<HTMLSelectElement> {
  label: string;
  /** Only screen readers are told it. */
  labelHidden?: boolean;
  /** What may be chosen: what it is and what it is called. */
  choices: readonly (readonly [value: string, name: string])[];
}

/** One of several, under its label. */
export function Select({ label, labelHidden = false, choices, ...select }: SelectProps) {
  const id = useId();
  return (
    <div className="min-w-0">
      <label htmlFor={id} className={labelHidden ? 'sr-only' : 'mb-1 block text-sm font-medium'}>
        {label}
      </label>
      <select
        id={id}
        className="min-h-10 w-full rounded-md border border-line bg-ground px-2.5 text-sm"
        {...select}
      >
        {choices.map(([value, name]) => (
          <option key={value} value={value}>
            {name}
          </option>
        ))}
      </select>
    </div>
  );
}
