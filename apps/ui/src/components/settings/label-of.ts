const SHORT = /\b(?:url|api|id)\b/gi;

/** `refreshToken` is read as "Refresh token", `baseUrl` as "Base URL". */
export function labelOf(name: string): string {
  const words = name.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  const sentence = words.charAt(0).toUpperCase() + words.slice(1);
  return sentence.replace(SHORT, (word) => word.toUpperCase());
}
