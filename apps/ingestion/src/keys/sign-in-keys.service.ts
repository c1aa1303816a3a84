import { hash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import {
  makeEvent,
  newId,
  newKeySecret,
  ProblemError,
  type KeyId,
  type Scope,
} from '@parley/contracts';
import { UnitOfWork, type Unit } from '@parley/database';
import { audited, callerOfKey, KeySync, keyOfCaller, requestContext } from '@parley/service';
import { WorkspacesService } from '../workspaces/workspaces.service';
import type { KeyEntity } from './key.entity';
import { SignInKeysRepository } from './sign-in-keys.repository';

/** A working day, as the page's sessions. */
export const SIGNED_IN_MS = 12 * 60 * 60 * 1_000;
/** Who signs in once more leaves the oldest. */
const MOST_OF_A_PERSON = 10;
/** Every replica of every service holds them all. */
const MOST_AT_A_TIME = 2_000;

/** Whom the identity provider vouches for, and what that opens. */
export interface SignedIn {
  name: string;
  workspaceId: string;
  scopes: readonly Scope[];
}

export interface SignInKey {
  secret: string;
  expiresAt: Date;
}

/** Makes and ends the keys of those who sign in through the identity provider. */
@Injectable()
export class SignInKeys {
  constructor(
    @Inject(SignInKeysRepository) private readonly keys: SignInKeysRepository,
    @Inject(WorkspacesService) private readonly workspaces: WorkspacesService,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
    @Inject(KeySync) private readonly sync: KeySync,
  ) {}

  /**
   * @throws ProblemError `workspace-not-found`; `conflict` while a key that somebody made has this name; `at-capacity` when
   * too many are signed in.
   */
  async issue({ name, workspaceId, scopes }: SignedIn): Promise<SignInKey> {
    const now = new Date();
    await this.workspaces.require(workspaceId);
    if (await this.keys.isNameTaken(workspaceId, name)) {
      throw new ProblemError('conflict', 'An API key has the name of this person: revoke it.');
    }
    const id = newId<KeyId>();
    const secret = newKeySecret(id);
    const expiresAt = new Date(now.getTime() + SIGNED_IN_MS);
    const row: KeyEntity = {
      ...{ id, workspaceId, name, scopes: [...scopes], hash: hash('sha256', secret) },
      ...{ signedIn: true, createdBy: name, createdAt: now, expiresAt, revokedAt: null },
    };
    const actor = { id: callerOfKey(id), name };
    const ended = await this.work.run(async (unit) => {
      const held = await this.keys.listOf(unit.manager, workspaceId, name, now);
      const tooMany = held.slice(MOST_OF_A_PERSON - 1);
      for (const oldest of tooMany) await this.endOne(unit, oldest, actor);
      if ((await this.keys.count(unit.manager, workspaceId, now)) >= MOST_AT_A_TIME) {
        throw new ProblemError('at-capacity', 'As many people are signed in as may be.');
      }
      await this.keys.insert(unit.manager, row);
      const about = { workspaceId, actor };
      const details = { name, scopes: scopes.join(' '), expiresAt: expiresAt.toISOString() };
      unit.emit(makeEvent('key.issued', { keyId: id }, { workspaceId }));
      unit.emit(audited('sign-in.completed', id, details, about));
      return tooMany;
    });
    const news = ended.map(({ id: keyId }) => this.sync.learn({ keyId, revoked: true }));
    await Promise.all([...news, this.sync.refresh()]);
    return { secret, expiresAt };
  }

  /** Ends the sign-in of the caller in hand, if it is one: what a person made stays. */
  async endOwn(): Promise<void> {
    const { caller, workspaceId } = requestContext();
    if (caller.kind !== 'member') return;
    const id = keyOfCaller(caller.id);
    const ended = await this.work.run((unit) =>
      this.endOne(unit, { id, workspaceId }, { id: caller.id, name: caller.name }),
    );
    if (ended) await this.sync.learn({ keyId: id, revoked: true });
  }

  /** Forgets who was signed in. */
  forgetOver(): Promise<void> {
    return this.keys.removeOver(new Date());
  }

  private async endOne(
    { manager, emit }: Unit,
    { id, workspaceId }: Pick<KeyEntity, 'id' | 'workspaceId'>,
    actor: { id: string; name: string },
  ): Promise<boolean> {
    const ended = await this.keys.end(manager, id, new Date());
    if (!ended) return false;
    emit(makeEvent('key.revoked', { keyId: id }, { workspaceId }));
    emit(audited('sign-in.ended', id, { name: ended.name }, { workspaceId, actor }));
    return true;
  }
}
