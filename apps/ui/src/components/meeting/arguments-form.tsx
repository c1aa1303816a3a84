import { useId } from 'react';
import { strings } from '@/strings';

export type Arguments = Record<string, unknown>;

interface ArgumentsFormProps {
  value: Arguments;
  editing: boolean;
  onChange: (value: Arguments) => void;
}

/** What would be sent, field by field; texts, and lists of texts, can be changed before it is approved. */
export function ArgumentsForm({ value, editing, onChange }: ArgumentsFormProps) {
  const fields = Object.entries(value).filter(([, field]) => field !== null && field !== '');
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] items-baseline gap-x-3 gap-y-1.5 text-sm">
      {fields.map(([name, field]) => (
        <Field
          key={name}
          name={name}
          value={field}
          editing={editing}
          onChange={(changed) => {
            onChange({ ...value, [name]: changed });
          }}
        />
      ))}
    </dl>
  );
}

interface FieldProps {
  name: string;
  value: unknown;
  editing: boolean;
  onChange: (value: unknown) => void;
}

function Field({ name, value, editing, onChange }: FieldProps) {
  const id = useId();
  const isList = Array.isArray(value) && value.every((one) => typeof one === 'string');
  const text = isList ? value.join(', ') : value;
  const changeable = editing && typeof text === 'string';
  return (
    <>
      <dt className="text-muted">
        <label htmlFor={id}>{label(name)}</label>
      </dt>
      <dd className="min-w-0">
        {changeable ? (
          <textarea
            id={id}
            value={text}
            rows={Math.min(8, Math.ceil(text.length / 38) || 1)}
            className="w-full resize-y rounded-md border border-line bg-surface px-2 py-1"
            onChange={(event) => {
              const { value: changed } = event.target;
              onChange(
                isList
                  ? changed
                      .split(',')
                      .map((one) => one.trim())
                      .filter(Boolean)
                  : changed,
              );
            }}
          />
        ) : (
          <span id={id} className="break-words whitespace-pre-line">
            {typeof text === 'string' ? text : readable(text)}
          </span>
        )}
      </dd>
    </>
  );
}

/** People by name or address, yes and no in words; whatever else it is, as it would be sent. */
function readable(value: unknown): string {
  if (typeof value === 'boolean') return value ? strings.yes : strings.no;
  if (Array.isArray(value) && value.length > 0 && value.every(isPerson)) {
    return value.map(({ name, email }) => [name, email].filter(Boolean).join(', ')).join('; ');
  }
  return JSON.stringify(value);
}

function isPerson(value: unknown): value is { name?: string; email?: string } {
  if (typeof value !== 'object' || value === null) return false;
  const names = Object.keys(value);
  return names.length > 0 && names.every((name) => name === 'name' || name === 'email');
}

/** `dueDate` is read as "due date". */
function label(name: string): string {
  return name.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
}
