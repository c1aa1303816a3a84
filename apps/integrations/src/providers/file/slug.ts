const MAX_LENGTH = 60;

/** A file name made of a connection's name: letters a-z, digits and dashes, nothing that leads elsewhere. */
export function slug(name: string): string {
  const words = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, MAX_LENGTH)
    .replace(/^-+|-+$/g, '');
  return words === '' ? 'connection' : words;
}
