/** What tells people apart while their names are typed: the name, and the how manieth of that name it is. */
export function peopleKeys(names: readonly string[]): string[] {
  const met = new Map<string, number>();
  return names.map((name) => {
    const nth = (met.get(name) ?? 0) + 1;
    met.set(name, nth);
    return `${name}#${nth}`;
  });
}
