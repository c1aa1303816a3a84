import type { Type } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { getMetadataStorage } from 'class-validator';
import { propertiesOf, type PropertyModel } from './property-model';

/**
 * Tells @nestjs/swagger about every class that has validation rules, so that no property is described
 * twice. Doing it again changes nothing.
 */
export function documentClasses(): void {
  for (const type of validatedClasses()) {
    for (const [name, model] of propertiesOf(type)) {
      ApiProperty(toOptions(model))(type.prototype as object, name);
    }
  }
}

/** class-validator lists the classes only in a private map. */
function validatedClasses(): Type[] {
  const storage = getMetadataStorage() as unknown as { validationMetadatas: Map<Type, unknown> };
  return [...storage.validationMetadatas.keys()].filter((key) => typeof key === 'function');
}

function toOptions(model: PropertyModel): ApiPropertyOptions {
  const { required, nullable, description, nested, isList, list, value } = model;
  const about = {
    required,
    ...(nullable ? { nullable } : {}),
    ...(description ? { description } : {}),
    ...(model.default === undefined ? {} : { default: model.default }),
  };
  // @nestjs/swagger's own types are those of OpenAPI 3.0; what it passes through is 3.1.
  const shape = nested
    ? { ...(isList ? withoutType(list) : {}), type: () => nested, isArray: isList }
    : isList
      ? { ...list, type: 'array', items: value }
      : value;
  return { ...about, ...shape } as unknown as ApiPropertyOptions;
}

function withoutType({ type: _, ...others }: PropertyModel['list']): PropertyModel['list'] {
  return others;
}
