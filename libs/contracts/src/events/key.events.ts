import { IsUUID } from 'class-validator';

/** A new API key is there to be asked for. The event does not carry it: a late one must not revive a key. */
export class KeyIssued {
  @IsUUID() keyId: string;
}

/** For good: an id that was revoked never comes back. */
export class KeyRevoked {
  @IsUUID() keyId: string;
}
