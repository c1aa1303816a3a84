import { z } from 'zod';

/** What a person's consent gives us. */
export const refreshToken = z.string().min(10).max(2_000).meta({
  secret: true,
  description: 'From POST /v1/authorizations, which asks the person; or one that you have.',
});
