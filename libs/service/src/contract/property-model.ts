import type { Type } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { getMetadataStorage } from 'class-validator';
import { docstringsOf } from './docstrings';
import type { JsonSchema } from './json-schema';
import { schemaOfRule } from './validation-rules';

/** What a class says of one of its properties through its decorators, docstring and default. */
export interface PropertyModel {
  required: boolean;
  nullable: boolean;
  description?: string;
  default?: unknown;
  /** The class of the value, or of each item of the list. */
  nested?: Type;
  isList: boolean;
  /** Of the list itself. */
  list: JsonSchema;
  /** Of the value, or of each item. */
  value: JsonSchema;
}

/** Reads the properties of a class that class-validator knows, inherited ones included. */
export function propertiesOf(type: Type): Map<string, PropertyModel> {
  const properties = new Map<string, PropertyModel>();
  const rules = getMetadataStorage().getTargetValidationMetadatas(type, '', true, false);
  const descriptions = allDocstringsOf(type);
  const defaults = new type() as Record<string, unknown>;
  for (const name of new Set(rules.map(({ propertyName }) => propertyName))) {
    const property = emptyModel();
    const own = rules.filter(({ propertyName }) => propertyName === name);
    for (const rule of own) applyRule(property, rule);
    const description = descriptions.get(name);
    if (description) property.description = description;
    if (own.some(isNested)) property.nested = nestedClass(type, name, property.isList);
    if (defaults[name] !== undefined) {
      property.default = defaults[name];
      property.required = false;
    }
    properties.set(name, property);
  }
  return properties;
}

function emptyModel(): PropertyModel {
  return { required: true, nullable: false, isList: false, list: {}, value: {} };
}

type ValidationRule = ReturnType<
  ReturnType<typeof getMetadataStorage>['getTargetValidationMetadatas']
>[number];

function applyRule(property: PropertyModel, rule: ValidationRule): void {
  if (rule.type === 'conditionalValidation') {
    const context = rule.context as { nullable?: boolean } | undefined;
    if (context?.nullable) property.nullable = true;
    else property.required = false;
    return;
  }
  if (rule.type === 'nestedValidation') {
    property.isList ||= rule.each;
    return;
  }
  const { of, schema } = schemaOfRule(rule.name, rule.constraints as unknown[] | undefined);
  if (of === 'list' || rule.each) property.isList = true;
  // The most telling type wins: `@IsString() @IsUUID()` is one value.
  Object.assign(of === 'list' ? property.list : property.value, schema);
}

function isNested({ type }: ValidationRule): boolean {
  return type === 'nestedValidation';
}

/** Asks class-transformer what it would make of the property: `@Type` decides that. */
function nestedClass(type: Type, name: string, isList: boolean): Type {
  const made = plainToInstance(type, { [name]: isList ? [{}] : {} }) as Record<string, unknown>;
  const value = isList ? (made[name] as unknown[])[0] : made[name];
  const nested = (value as object).constructor as Type;
  if (nested === Object) throw new Error(`${type.name}.${name} needs an @Type(() => …)`);
  return nested;
}

function allDocstringsOf(type: Type): Map<string, string> {
  return new Map([...chainOf(type)].reverse().flatMap((one) => [...docstringsOf(one)]));
}

function* chainOf(type: Type): Generator<Type> {
  for (let one = type; one.prototype; one = Object.getPrototypeOf(one) as Type) yield one;
}
