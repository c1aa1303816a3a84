const SECRET = '[secret]';

/** What is known to be a secret by its looks, wherever it stands. */
const PATTERNS: readonly [RegExp, string][] = [
  // Userinfo and query of an address, before anything inside them is looked at.
  [/\b([a-z][a-z0-9+.-]*:\/\/)[^\s/@]*@/gi, '$1'],
  [/\b([a-z][a-z0-9+.-]*:\/\/[^\s?#]*)[?#]\S*/gi, '$1'],
  [/[^\s@<>"']+@[^\s@<>"']+\.[a-z]{2,}/gi, '[email]'],
  [/\b(bearer|basic|token)\s+[^\s"']{6,}/gi, `$1 ${SECRET}`],
  [/\beyJ[\w-]{5,}\.[\w-]+(\.[\w-]*)?/g, SECRET],
  [
    /\b(sk|pk|rk|whsec|ghp|gho|ghs|github_pat|glpat|ntn|secret|xapp|xox[a-z])[-_][\w-]{6,}/gi,
    SECRET,
  ],
  [/\bparley_[0-9a-f]{32}_[0-9a-f]{8,}/g, SECRET],
  [/\bAKIA[0-9A-Z]{12,}/g, SECRET],
  [/\bATATT[\w=-]{8,}/g, SECRET],
];

/** Takes out emails, tokens, keys, and what addresses carry beside their path. */
export function scrub(text: string): string {
  let scrubbed = text;
  for (const [pattern, instead] of PATTERNS) scrubbed = scrubbed.replace(pattern, instead);
  return scrubbed;
}
