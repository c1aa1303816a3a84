import {
  getMetadataStorage,
  IsInt,
  IsString,
  Max,
  validateSync,
  ValidateNested,
} from 'class-validator';
import { rememberValidationRules } from './remember-validation-rules';

class Named {
  @IsString() name: unknown;
}

class Portion extends Named {
  @IsInt() @Max(9) count: unknown;
}

class Meal {
  @ValidateNested({ each: true }) portions: Portion[];
}

const portion = (name: unknown, count: unknown): Portion =>
  Object.assign(new Portion(), { name, count });
const meal = (...portions: Portion[]): Meal => Object.assign(new Meal(), { portions });

/** What is wrong, down to the fields of the portions. */
const wrong = (value: object): string[] =>
  validateSync(value).flatMap(({ children = [] }) =>
    children.flatMap(({ children: fields = [] }) =>
      fields.map(
        ({ property, constraints = {} }) => `${property}: ${Object.keys(constraints).join()}`,
      ),
    ),
  );

// Real: class-validator.
describe('validation whose rules are looked up once', () => {
  it('finds what it found before, inherited rules and nested objects included', () => {
    const bad = meal(portion('soup', 10), portion(7, 'x'));
    const before = wrong(bad);
    expect(before).toEqual(['count: max', 'count: max,isInt', 'name: isString']);
    rememberValidationRules();
    expect(wrong(bad)).toEqual(before);
    expect(wrong(bad)).toEqual(before);
    expect(wrong(meal(portion('soup', 9)))).toEqual([]);
  });

  it('looks the rules of a class up once', () => {
    rememberValidationRules();
    const find = () =>
      getMetadataStorage().getTargetValidationMetadatas(Portion, '', false, false, undefined);
    expect(find()).toBe(find());
    expect(find()).toHaveLength(3);
  });

  it('keeps apart what is asked for otherwise', () => {
    rememberValidationRules();
    const storage = getMetadataStorage();
    const all = storage.getTargetValidationMetadatas(Named, '', false, false, undefined);
    expect(storage.getTargetValidationMetadatas(Named, '', false, false, ['g'])).toEqual([]);
    expect(storage.getTargetValidationMetadatas(Named, '', true, false, undefined)).not.toBe(all);
  });
});
