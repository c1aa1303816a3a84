import { Transform } from 'class-transformer';

/** For a field that may come in a form, which knows text only: `true` and `false` are what they say. */
export function FormBoolean(): PropertyDecorator {
  return Transform(({ value }: { value: unknown }) =>
    value === 'true' ? true : value === 'false' ? false : value,
  );
}
