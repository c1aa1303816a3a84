import { Inject, Injectable } from '@nestjs/common';
import { isId, newId, ProblemError } from '@parley/contracts';
import { UnitOfWork, type Unit } from '@parley/database';
import { audited, requestContext, type Page } from '@parley/service';
import type { z } from 'zod';
import { errorCode } from '../error-code';
import type { OpenConnection, Provider } from '../providers/provider';
import type { Findings } from '../providers/read-tool';
import { ProviderCalls } from '../providers/provider-calls';
import { ProviderRegistry, secretNames } from '../providers/provider.registry';
import type { ConnectionEntity } from './connection.entity';
import { ConnectionOpener } from './connection-opener';
import { ownerOf } from './connection-owner';
import { ConnectionReader, type Question } from './connection-reader';
import type { ConnectionTest } from './connection-test.view';
import { ConnectionTester } from './connection-tester';
import type { ConnectionView } from './connection.view';
import { ConnectionsRepository } from './connections.repository';
import { ConsentRevocation } from './consent-revocation';
import type { CreateConnection } from './create-connection.dto';
import { SecretBox } from './secret-box';
import type { UpdateConnection } from './update-connection.dto';

const SEALED_AWAY = 'secrets cannot be decrypted: see CONNECTIONS_KEY';

const UNIQUE_VIOLATION = '23505';

@Injectable()
export class ConnectionsService {
  constructor(
    @Inject(ConnectionsRepository) private readonly connections: ConnectionsRepository,
    @Inject(ProviderRegistry) private readonly providers: ProviderRegistry,
    @Inject(SecretBox) private readonly box: SecretBox,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
    @Inject(ConnectionOpener) private readonly opener: ConnectionOpener,
    @Inject(ConsentRevocation) private readonly revocation: ConsentRevocation,
    @Inject(ProviderCalls) private readonly calls: ProviderCalls,
    @Inject(ConnectionTester) private readonly tester: ConnectionTester,
    @Inject(ConnectionReader) private readonly reader: ConnectionReader,
  ) {}

  async create(input: CreateConnection): Promise<ConnectionView> {
    const provider = this.providers.find(input.provider);
    if (!provider) {
      const known = this.providers.all.map(({ id }) => id).join(', ');
      throw new ProblemError('validation-failed', `provider must be one of: ${known}.`);
    }
    const settings = readSettings(provider, input.settings);
    await provider.admit(settings);
    const row = this.toRow(provider, input, settings);
    await this.insert(row);
    return this.toView(row);
  }

  async list(): Promise<Page<ConnectionView>> {
    const rows = await this.connections.list(requestContext().workspaceId);
    return { items: rows.map((row) => this.toView(row)), nextCursor: null };
  }

  async get(id: string): Promise<ConnectionView> {
    return this.toView(await this.require(id));
  }

  async update(
    id: string,
    { name, settings, isDefault }: UpdateConnection,
  ): Promise<ConnectionView> {
    const row = await this.require(id);
    if (name !== undefined) row.name = name;
    if (isDefault !== undefined) row.isDefault = isDefault;
    if (settings !== undefined) await this.replaceSettings(row, settings);
    await this.write(async ({ manager, emit }) => {
      await this.connections.update(manager, row);
      emit(audited('connection.changed', id, { provider: row.provider, name: row.name }));
    });
    return this.toView(row);
  }

  /** Asks the provider whether it works, without an effect that anybody would mind. */
  async test(id: string): Promise<ConnectionTest> {
    const row = await this.require(id);
    const provider = this.providers.find(row.provider);
    if (!provider) return { works: false, reason: 'no such provider here', ms: 0 };
    const connection = this.opener.openIfItCan(row);
    if (!connection) return { works: false, reason: `its ${SEALED_AWAY}`, ms: 0 };
    return this.tester.test(provider, connection, row.workspaceId);
  }

  /** Asks the provider what is there. The answer is handed through; that it was asked is in the audit log. */
  async read(id: string, question: Question): Promise<Findings> {
    const row = await this.require(id);
    const provider = this.providers.find(row.provider);
    if (!provider) throw new ProblemError('conflict', 'This provider is not here any more.');
    this.reader.requireFit(provider, question);
    const connection = this.opener.openIfItCan(row);
    if (!connection) throw new ProblemError('conflict', `Its ${SEALED_AWAY}.`);
    await this.work.run(({ emit }) => {
      const { tool } = question;
      emit(audited('connection.read', id, { provider: row.provider, tool }));
      return Promise.resolve();
    });
    return this.reader.read(provider, connection, row.workspaceId, question);
  }

  /** Removes it and, where a person consented, takes the consent back. */
  async delete(id: string): Promise<void> {
    const row = await this.require(id);
    const revoke = await this.revocation.of(row);
    await this.work.run(async ({ manager, emit }) => {
      if (!(await this.connections.delete(manager, row.workspaceId, id))) throw notFound();
      emit(audited('connection.removed', id, {}));
    });
    await revoke();
  }

  /** A connection ready for a delivery, or null when there is none of this provider. @throws SecretBoxError */
  async open(workspaceId: string, id: string, provider: string): Promise<OpenConnection | null> {
    const row = isId(id) ? await this.connections.findForWork(workspaceId, id) : null;
    return row?.provider === provider ? this.opener.open(row) : null;
  }

  private async replaceSettings(row: ConnectionEntity, given: unknown): Promise<void> {
    const provider = this.providers.find(row.provider);
    if (!provider) throw new ProblemError('conflict', 'This provider is not here any more.');
    const settings = readSettings(provider, given);
    await provider.admit(settings);
    Object.assign(row, this.split(provider, settings, ownerOf(row)));
  }

  private async require(id: string): Promise<ConnectionEntity> {
    const { workspaceId } = requestContext();
    const row = isId(id) ? await this.connections.find(workspaceId, id) : null;
    if (row) return row;
    throw notFound();
  }

  private insert(row: ConnectionEntity): Promise<void> {
    return this.write(async ({ manager, emit }) => {
      await this.connections.insert(manager, row);
      const { id, provider, name } = row;
      emit(audited('connection.created', id, { provider, name }));
    });
  }

  /** @throws ProblemError `conflict` when the name is taken. */
  private async write(unit: (given: Unit) => Promise<void>): Promise<void> {
    try {
      await this.work.run(unit);
    } catch (error) {
      if (errorCode(error) !== UNIQUE_VIOLATION) throw error;
      throw new ProblemError('conflict', 'Another connection has this name.');
    }
  }

  private toRow(
    provider: Provider,
    input: CreateConnection,
    settings: Record<string, unknown>,
  ): ConnectionEntity {
    const identity = { id: newId<string>(), workspaceId: requestContext().workspaceId };
    return {
      ...identity,
      provider: provider.id,
      name: input.name,
      ...this.split(provider, settings, ownerOf(identity)),
      refreshingUntil: null,
      isDefault: input.isDefault ?? false,
      createdAt: new Date(),
    };
  }

  /** Settings as they are kept: what is secret is sealed, and an access token of other secrets goes. */
  private split(provider: Provider, settings: Record<string, unknown>, owner: string) {
    const secret = new Set(secretNames(provider));
    const fields = Object.entries(settings);
    const open = fields.filter(([name]) => !secret.has(name));
    const closed = fields.filter(([name]) => secret.has(name));
    const sealed = this.box.seal(Object.fromEntries(closed), owner);
    return {
      settings: Object.fromEntries(open),
      secrets: sealed.text,
      keyId: sealed.keyId,
      access: null,
      accessKeyId: null,
    };
  }

  private toView(row: ConnectionEntity): ConnectionView {
    const { id, name, isDefault, settings, workspaceId } = row;
    const provider = this.providers.find(row.provider);
    return {
      id,
      provider: row.provider,
      name,
      isDefault,
      tools: provider?.tools ?? [],
      reads: provider?.reads ?? [],
      breaker: provider ? this.calls.stateOf(provider, workspaceId, id) : 'closed',
      settings,
    };
  }
}

function notFound(): ProblemError {
  return new ProblemError('connection-not-found', 'There is no connection with this id.');
}

/** @throws ProblemError naming each wrong field and its rule, never its value. */
function readSettings(provider: Provider, settings: unknown): Record<string, unknown> {
  const parsed = provider.settingsSchema.safeParse(settings);
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.map((issue) => `${path(issue)}: ${issue.message}`);
  throw new ProblemError('validation-failed', 'Some settings are not valid.', { errors });
}

function path(issue: z.core.$ZodIssue): string {
  return ['settings', ...issue.path].join('.');
}
