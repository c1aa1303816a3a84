import { getMetadataStorage } from 'class-validator';

type Storage = ReturnType<typeof getMetadataStorage>;
type Search = Storage['getTargetValidationMetadatas'];
type Rules = ReturnType<Search>;

let remembered = false;

/**
 * Has class-validator look a class's rules up once.
 *
 * By itself it goes through the rules of all classes of the process for every object that it validates, nested
 * ones and those of events included. Rules declared after a class was first validated are not seen: decorators run
 * before that. May be called again.
 */
export function rememberValidationRules(): void {
  if (remembered) return;
  remembered = true;
  const storage = getMetadataStorage();
  const search: Search = storage.getTargetValidationMetadatas.bind(storage);
  const known = new Map<string, WeakMap<object, Rules>>();
  storage.getTargetValidationMetadatas = (target, schema, always, strictGroups, groups) => {
    // Nothing here uses schemas or groups, which would make the key long.
    if (schema || groups?.length) return search(target, schema, always, strictGroups, groups);
    const key = `${always}${strictGroups}`;
    let rules = known.get(key);
    if (!rules) known.set(key, (rules = new WeakMap()));
    let found = rules.get(target);
    if (!found) rules.set(target, (found = search(target, schema, always, strictGroups, groups)));
    return found;
  };
}
