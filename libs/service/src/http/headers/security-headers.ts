import type { IncomingMessage, ServerResponse } from 'node:http';
import helmet, { type HelmetOptions } from 'helmet';

/** Names and values, ready to be set. */
export type HeaderList = readonly (readonly [name: string, value: string])[];

/** What a page of ours may use of a browser: nothing that we do not need. */
const PERMISSIONS =
  'accelerometer=(), autoplay=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), ' +
  'magnetometer=(), microphone=(), midi=(), payment=(), usb=()';

const NOTHING = { defaultSrc: ["'none'"], frameAncestors: ["'none'"] };

/** Swagger's page: scripts from files only; its styles are inline, its icons data. */
const EXPLORER = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'", "'unsafe-inline'"],
  imgSrc: ["'self'", 'data:'],
  fontSrc: ["'self'", 'data:'],
  connectSrc: ["'self'"],
  baseUri: ["'none'"],
  formAction: ["'self'"],
  frameAncestors: ["'none'"],
};

/** Security headers of an API's answers, which no cache may keep. */
export const API_HEADERS: HeaderList = [...securityHeaders(NOTHING), ['Cache-Control', 'no-store']];

/** Security headers of `/docs`. */
export const DOCS_HEADERS: HeaderList = securityHeaders(EXPLORER);

/** helmet computes the same values for each request; here it does so once. */
function securityHeaders(directives: Record<string, string[]>): HeaderList {
  const options: HelmetOptions = {
    contentSecurityPolicy: { useDefaults: false, directives },
    xFrameOptions: { action: 'deny' },
  };
  const headers: [string, string][] = [];
  const recorder = {
    setHeader: (name: string, value: string) => headers.push([name, value]),
    removeHeader: () => undefined,
  };
  helmet(options)({} as IncomingMessage, recorder as unknown as ServerResponse, () => undefined);
  return [...headers, ['Permissions-Policy', PERMISSIONS], ['Vary', 'Origin']];
}
