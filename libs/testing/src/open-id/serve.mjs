// A real OpenID provider (oidc-provider, certified) on loopback, with a form to sign in, and faults on demand. It is a
// process of its own, since it is written as modules that jest does not load: `fork` it with what `ProvidedOptions` says.
import { createServer } from 'node:http';
import { generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import { SignJWT } from 'jose';
import { Provider } from 'oidc-provider';

const { port, clientId, clientSecret, redirectUrl, inIdToken } = JSON.parse(process.argv[2] ?? '');
// Another site than a page on localhost, as a provider is in life.
const issuer = `http://127.0.0.1:${port}`;
const KID = 'only';
const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
const jwk = { ...privateKey.export({ format: 'jwk' }), kid: KID, alg: 'RS256', use: 'sig' };

let people = {};
let fault = null;
const asked = {};

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: clientId,
      redirect_uris: [redirectUrl],
      ...(clientSecret
        ? { client_secret: clientSecret }
        : { token_endpoint_auth_method: 'none', application_type: 'web' }),
    },
  ],
  jwks: { keys: [jwk] },
  cookies: { keys: ['cookies-of-a-test'] },
  claims: {
    openid: ['sub'],
    email: ['email', 'email_verified'],
    profile: ['name', 'groups', 'realm_access'],
  },
  conformIdTokenClaims: !inIdToken,
  features: { devInteractions: { enabled: false } },
  pkce: { required: () => true },
  findAccount: (_, accountId) => ({
    accountId,
    claims: () => ({ sub: accountId, ...people[accountId] }),
  }),
  // Nobody is asked twice whether Parley may know who they are.
  loadExistingGrant: async ({ oidc }) => {
    const grant = new oidc.provider.Grant({
      clientId: oidc.client.clientId,
      accountId: oidc.session.accountId,
    });
    grant.addOIDCScope('openid email profile');
    await grant.save();
    return grant;
  },
});

const FORM = `<!doctype html><html lang="en"><title>Identity provider</title><main><h1>Identity provider</h1>
<form method="post"><label>Who are you? <input name="who"></label>
<button name="do" value="sign-in">Continue</button><button name="do" value="cancel">Cancel</button></form></main>`;

async function interact(request, response) {
  await provider.interactionDetails(request, response);
  if (request.method === 'GET') {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(FORM);
    return;
  }
  const form = new URLSearchParams((await bodyOf(request)).toString());
  const result =
    form.get('do') === 'cancel'
      ? { error: 'access_denied', error_description: 'they did not want to' }
      : { login: { accountId: form.get('who') } };
  await provider.interactionFinished(request, response, result, {
    mergeWithLastSubmission: false,
  });
}

async function bodyOf(stream) {
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Lets the provider answer, and changes what it answered. */
function changed(request, response, change) {
  const chunks = [];
  response.write = (chunk) => chunks.push(Buffer.from(chunk));
  response.end = (chunk) => {
    if (chunk) chunks.push(Buffer.from(chunk));
    delete response.write;
    delete response.end;
    void change(Buffer.concat(chunks).toString()).then((text) => {
      response.removeHeader('content-length');
      response.end(text);
    });
  };
  provider.callback()(request, response);
}

/** The ID token with other claims, signed anew by the provider's own key, or with its signature broken. */
async function otherToken(text) {
  const answer = JSON.parse(text);
  if (!answer.id_token) return text;
  const [head, body, signature] = answer.id_token.split('.');
  const claims = JSON.parse(Buffer.from(body, 'base64url').toString());
  if (fault.kind === 'tampered') {
    const forged = Buffer.from(JSON.stringify({ ...claims, ...fault.claims })).toString(
      'base64url',
    );
    return JSON.stringify({ ...answer, id_token: [head, forged, signature].join('.') });
  }
  const signed = new SignJWT({ ...claims, ...fault.claims });
  const id_token = await signed.setProtectedHeader({ alg: 'RS256', kid: KID }).sign(privateKey);
  return JSON.stringify({ ...answer, id_token });
}

const server = createServer((request, response) => {
  const { pathname } = new URL(request.url, issuer);
  asked[pathname] = (asked[pathname] ?? 0) + 1;
  const failed = (error) => {
    response.statusCode = 500;
    response.end(String(error));
  };
  if (fault && pathname === fault.path) {
    switch (fault.kind) {
      case 'silent':
        return;
      case 'fails':
        response.statusCode = 500;
        response.end('{}');
        return;
      case 'huge':
        response.setHeader('content-type', 'application/json');
        response.end(JSON.stringify({ issuer, padding: 'x'.repeat(4 * 1024 * 1024) }));
        return;
      case 'page':
        response.setHeader('content-type', 'text/html');
        response.end('<h1>Welcome to the hotel</h1>');
        return;
      default:
        changed(request, response, otherToken);
        return;
    }
  }
  if (pathname.startsWith('/interaction/')) {
    interact(request, response).catch(failed);
    return;
  }
  provider.callback()(request, response);
});

process.on('message', (message) => {
  if (message.people) people = message.people;
  if ('fault' in message) fault = message.fault;
  process.send({ done: message.id, asked });
});
process.on('disconnect', () => process.exit(0));
server.listen(port, '127.0.0.1', () => process.send({ ready: true }));
