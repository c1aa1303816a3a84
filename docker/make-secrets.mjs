// `npm run secrets`: makes the secrets of a production system that are not there yet. What is there stays as it is.
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const FOLDER = resolve(fileURLToPath(import.meta.url), '../../secrets');

/** In this order: an address holds the password that stands before it. A password has no sign that a URL would need to escape. */
const SECRETS = {
  postgres_password: () => password(),
  redis_password: () => password(),
  database_url: (read) => `postgresql://parley:${read('postgres_password')}@postgres:5432/parley`,
  redis_url: (read) => `redis://:${read('redis_password')}@redis:6379`,
  redis_auth: (read) => `requirepass ${read('redis_password')}`,
  service_api_key: () => password(),
  approval_signing_key: () => password(),
  connections_key: () => randomBytes(32).toString('base64'),
  blobs_key: () => randomBytes(32).toString('base64'),
  // Only for recordings and documents in a bucket: then it holds the key of yours.
  blobs_s3_secret_access_key: () => '',
  // Only where people sign in through an identity provider that gave one: then it holds that.
  oidc_client_secret: () => '',
  page_session_key: () => password(),
  openai_api_key: () => '',
  grafana_admin_password: () => password(),
  // Nobody listens there: an operator writes the address of their own.
  alert_webhook_url: () => 'http://127.0.0.1:9/',
};

/**
 * @param {string} folder is made where it is missing; then nobody but its owner may enter
 * @returns {string[]} the names of what was made
 */
export function makeSecrets(folder) {
  mkdirSync(folder, { recursive: true });
  // The files can be read by all, since a container reads them under an id of its own: the folder keeps others out.
  chmodSync(folder, 0o700);
  const read = (name) => readFileSync(join(folder, name), 'utf8').trim();
  return Object.entries(SECRETS).flatMap(([name, make]) => {
    const file = join(folder, name);
    if (existsSync(file)) return [];
    writeFileSync(file, `${make(read)}\n`, { mode: 0o644, flag: 'wx' });
    return [name];
  });
}

/** 256 bits. */
function password() {
  return randomBytes(32).toString('base64url');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [folder = FOLDER] = process.argv.slice(2);
  const made = makeSecrets(folder);
  console.log(
    made.length === 0 ? 'All secrets are there already.' : `Made in ${folder}: ${made.join(', ')}`,
  );
}
