import { isIP } from 'node:net';
import { z } from 'zod';

/** A shorter key could be guessed. */
const SHORTEST_KEY = 16;
/** Visible ASCII without the comma that parts them: what fits into a header as it is. */
const KEY = /^[\x21-\x2b\x2d-\x7e]+$/;
const PROXY_NAMES = new Set(['loopback', 'linklocal', 'uniquelocal']);

/** The parts of a comma-separated setting, without spaces and empty ones. */
export function listOf(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** Whether every part may serve as an API key: 16 visible characters or more. */
export function areServiceKeys(text: string): boolean {
  const keys = listOf(text);
  return keys.length > 0 && keys.every((key) => key.length >= SHORTEST_KEY && KEY.test(key));
}

/** REQUEST_TIMEOUT_SECONDS with a default of its own, for services whose work takes longer. */
export function requestTimeoutSeconds(defaultSeconds: number) {
  return z.coerce.number().min(0.05).max(600).default(defaultSeconds).meta({
    unit: 'seconds',
    description:
      'A request that takes longer is answered 504 and its work stopped; streams are exempt.',
  });
}

/** Who may come in and how much of a service's time, space and attention they may take. */
export const accessSettings = {
  AUTH_ENABLED: z.enum(['0', '1']).default('0').meta({
    description: '1: every route but the operational ones asks for SERVICE_API_KEY.',
  }),
  SERVICE_API_KEY: z
    .string()
    .refine(areServiceKeys)
    .optional()
    .meta({
      secret: true,
      description:
        'API keys, comma-separated, each of 16 characters or more; all are valid, the first is what the ' +
        'services show each other. From a file they are read again when it changes.',
    }),
  CORS_ALLOW_ORIGINS: z
    .string()
    .default('')
    .refine((text) => listOf(text).every(isOrigin))
    .meta({
      description:
        'Exact origins whose pages may call, comma-separated, e.g. https://app.example.com; WebSockets too. ' +
        'Empty: none.',
    }),
  TRUST_PROXY: z
    .string()
    .default('')
    .refine(isProxyTrust)
    .meta({
      description:
        'Proxies whose X-Forwarded-For counts: how many there are, or their addresses and subnets, ' +
        'comma-separated. Empty: none.',
    }),
  REQUEST_TIMEOUT_SECONDS: requestTimeoutSeconds(15),
  MAX_SOCKETS: z.coerce.number().int().min(1).max(100_000).default(1_000).meta({
    description: 'WebSockets that a service holds open at a time; more are answered 503.',
  }),
};

export function isOrigin(text: string): boolean {
  return URL.canParse(text) && /^https?:/.test(text) && new URL(text).origin === text;
}

function isProxyTrust(text: string): boolean {
  return /^\d{1,2}$/.test(text) || listOf(text).every(isAddressOrSubnet);
}

function isAddressOrSubnet(text: string): boolean {
  if (PROXY_NAMES.has(text)) return true;
  const [address = '', bits, ...more] = text.split('/');
  const version = isIP(address);
  if (version === 0 || more.length > 0) return false;
  return (
    bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128))
  );
}
