import { Injectable, type ArgumentMetadata, type PipeTransform } from '@nestjs/common';
import { assertHarmless } from './parse-json';

/** Holds the fields of a form to what JSON bodies are held to when they are parsed. */
@Injectable()
export class StorableFieldsPipe implements PipeTransform {
  transform(value: unknown, { type }: ArgumentMetadata): unknown {
    // multer's objects have no prototype; JSON's have one.
    const isForm =
      type === 'body' &&
      typeof value === 'object' &&
      value !== null &&
      Object.getPrototypeOf(value) === null;
    if (isForm) assertHarmless(value, true);
    return value;
  }
}
