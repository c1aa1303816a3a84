import { ValidateIf } from 'class-validator';

/**
 * The property is always there and may be null. (`@IsOptional` says that it may be missing.)
 * Documents of the API read the mark and say so.
 */
export function Nullable(): PropertyDecorator {
  return ValidateIf((_, value) => value !== null, { context: { nullable: true } });
}
