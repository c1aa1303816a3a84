import { hash } from 'node:crypto';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { SETTINGS } from '@parley/config';
import {
  isId,
  makeEvent,
  newId,
  newKeySecret,
  ProblemError,
  type AnnouncedKey,
  type KeyId,
} from '@parley/contracts';
import { UnitOfWork } from '@parley/database';
import {
  assertIdCursor,
  pageFrom,
  audited,
  KeySync,
  requestContext,
  requireScope,
  type Page,
} from '@parley/service';
import type { IngestionSettings } from '../ingestion.settings';
import { WorkspacesService } from '../workspaces/workspaces.service';
import { couldBeAPerson } from './person-names';
import { toAnnounced, toKeyView } from './to-key';
import type { CreateKey, IssuedKey, KeyView, Whoami } from './key.dto';
import type { KeyEntity } from './key.entity';
import { KeysRepository } from './keys.repository';

/** Every replica of every service holds them all. */
const MOST_KEYS = 1_000;
const PAGE = 500;
/** Under this name the operator decides. */
const RESERVED_NAME = 'operator';

/** Makes and revokes the API keys of all workspaces. */
@Injectable()
export class KeysService implements OnModuleInit {
  private readonly access: { required: boolean };

  constructor(
    @Inject(SETTINGS) settings: Pick<IngestionSettings, 'AUTH_ENABLED'>,
    @Inject(KeysRepository) private readonly keys: KeysRepository,
    @Inject(WorkspacesService) private readonly workspaces: WorkspacesService,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
    @Inject(KeySync) private readonly sync: KeySync,
  ) {
    this.access = { required: settings.AUTH_ENABLED === '1' };
  }

  onModuleInit(): void {
    this.sync.readFrom((ids) => this.allValid(ids));
  }

  /**
   * @throws ProblemError `forbidden` for scopes or a workspace that the caller has not, `workspace-not-found`,
   * `conflict` for a name that is taken.
   */
  async create(input: CreateKey): Promise<IssuedKey> {
    const row = this.toRow(input);
    this.assertMayGive(row);
    await this.workspaces.require(row.workspaceId);
    if ((await this.keys.count(row.workspaceId)) >= MOST_KEYS) {
      throw new ProblemError('conflict', `A workspace has at most ${MOST_KEYS} keys: revoke some.`);
    }
    const secret = newKeySecret(row.id);
    // A slow hash protects what can be guessed; nobody guesses 256 random bits, and each request pays for it.
    row.hash = hash('sha256', secret);
    await this.work.run(async ({ manager, emit }) => {
      if (!(await this.keys.insert(manager, row))) {
        throw new ProblemError('conflict', 'Another key has this name.');
      }
      const { id, workspaceId, name, expiresAt } = row;
      emit(makeEvent('key.issued', { keyId: id }, { workspaceId }));
      const details = { name, scopes: row.scopes.join(' ') };
      const until = expiresAt ? { expiresAt: expiresAt.toISOString() } : {};
      emit(audited('key.created', id, { ...details, ...until }, { workspaceId }));
    });
    await this.sync.refresh();
    return { ...toKeyView(row), secret };
  }

  async list(limit: number, cursor?: string): Promise<Page<KeyView>> {
    assertIdCursor(cursor);
    const { workspaceId } = requestContext();
    const rows = await this.keys.list(workspaceId, new Date(), limit + 1, cursor);
    return pageFrom(rows, limit, toKeyView);
  }

  /** For good. @throws ProblemError `key-not-found`, also when it was revoked before. */
  async revoke(id: string): Promise<void> {
    const { workspaceId } = requestContext();
    await this.work.run(async ({ manager, emit }) => {
      const revoked = isId(id)
        ? await this.keys.revoke(manager, workspaceId, id, new Date())
        : null;
      if (!revoked) throw new ProblemError('key-not-found', 'There is no valid key with this id.');
      emit(makeEvent('key.revoked', { keyId: id }, { workspaceId }));
      emit(audited('key.revoked', id, { name: revoked.name }));
    });
    await this.sync.learn({ keyId: id, revoked: true });
  }

  /** For the other services: who holds which key, of all workspaces. */
  async announced(
    limit: number,
    cursor?: string,
    ids?: readonly string[],
  ): Promise<Page<AnnouncedKey>> {
    assertIdCursor(cursor);
    const rows = await this.keys.listValid(new Date(), limit + 1, { afterId: cursor, ids });
    return pageFrom(rows, limit, toAnnounced);
  }

  whoami(): Whoami {
    const { workspaceId, caller } = requestContext();
    const { name, scopes } = caller;
    return { workspaceId, scopes: [...scopes], name, authRequired: this.access.required };
  }

  private async allValid(ids?: readonly string[]): Promise<AnnouncedKey[]> {
    const keys: AnnouncedKey[] = [];
    let cursor: string | undefined;
    do {
      const { items, nextCursor } = await this.announced(PAGE, cursor, ids);
      keys.push(...items);
      cursor = nextCursor ?? undefined;
    } while (cursor !== undefined);
    return keys;
  }

  private toRow({ name, scopes, expiresAt, workspaceId }: CreateKey): KeyEntity {
    const context = requestContext();
    const createdAt = new Date();
    const until = expiresAt === undefined ? null : new Date(expiresAt);
    if (until !== null && until <= createdAt) {
      throw new ProblemError('validation-failed', 'expiresAt must be in the future.');
    }
    if (name.trim().toLowerCase() === RESERVED_NAME) {
      throw new ProblemError('validation-failed', `The name ${RESERVED_NAME} is taken.`);
    }
    if (couldBeAPerson(name)) {
      throw new ProblemError(
        'validation-failed',
        'A name with "@" is that of somebody who signed in through the identity provider.',
      );
    }
    return {
      id: newId<KeyId>(),
      workspaceId: workspaceId ?? context.workspaceId,
      name,
      scopes,
      hash: '',
      signedIn: false,
      createdBy: context.caller.name,
      createdAt,
      expiresAt: until,
      revokedAt: null,
    };
  }

  /** Nobody gives what they have not. */
  private assertMayGive({ workspaceId, scopes }: KeyEntity): void {
    const { caller, workspaceId: own } = requestContext();
    if (workspaceId !== own) requireScope('operator', caller, this.access);
    for (const scope of scopes) requireScope(scope, caller, this.access);
  }
}
