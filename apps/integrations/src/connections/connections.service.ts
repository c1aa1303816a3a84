import { Inject, Injectable } from '@nestjs/common';
import { isId, newId, ProblemError } from '@parley/contracts';
import { UnitOfWork } from '@parley/database';
import { audited, requestContext, type Page } from '@parley/service';
import type { z } from 'zod';
import { errorCode } from '../error-code';
import type { OpenConnection, Provider } from '../providers/provider';
import { ProviderRegistry, secretNames } from '../providers/provider.registry';
import type { ConnectionEntity } from './connection.entity';
import type { ConnectionView } from './connection.view';
import { ConnectionsRepository } from './connections.repository';
import type { CreateConnection } from './create-connection.dto';
import { SecretBox } from './secret-box';

const UNIQUE_VIOLATION = '23505';

@Injectable()
export class ConnectionsService {
  constructor(
    @Inject(ConnectionsRepository) private readonly connections: ConnectionsRepository,
    @Inject(ProviderRegistry) private readonly providers: ProviderRegistry,
    @Inject(SecretBox) private readonly box: SecretBox,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
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

  async delete(id: string): Promise<void> {
    const { workspaceId } = requestContext();
    await this.work.run(async ({ manager, emit }) => {
      if (!isId(id) || !(await this.connections.delete(manager, workspaceId, id))) {
        throw new ProblemError('connection-not-found', 'There is no connection with this id.');
      }
      emit(audited('connection.removed', id, {}));
    });
  }

  /** A connection ready for a call, or null when there is none of this provider. */
  async open(workspaceId: string, id: string, provider: string): Promise<OpenConnection | null> {
    const row = isId(id) ? await this.connections.find(workspaceId, id) : null;
    if (row?.provider !== provider) return null;
    const secrets = this.box.open({ keyId: row.keyId, text: row.secrets }, ownerOf(row));
    return { id: row.id, name: row.name, settings: { ...row.settings, ...secrets } };
  }

  private async insert(row: ConnectionEntity): Promise<void> {
    try {
      await this.work.run(async ({ manager, emit }) => {
        await this.connections.insert(manager, row);
        const { id, provider, name } = row;
        emit(audited('connection.created', id, { provider, name }));
      });
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
    const secret = new Set(secretNames(provider));
    const fields = Object.entries(settings);
    const open = fields.filter(([name]) => !secret.has(name));
    const closed = fields.filter(([name]) => secret.has(name));
    const identity = { id: newId<string>(), workspaceId: requestContext().workspaceId };
    const sealed = this.box.seal(Object.fromEntries(closed), ownerOf(identity));
    return {
      ...identity,
      provider: provider.id,
      name: input.name,
      settings: Object.fromEntries(open),
      secrets: sealed.text,
      keyId: sealed.keyId,
      isDefault: input.isDefault ?? false,
      createdAt: new Date(),
    };
  }

  private toView({ id, provider, name, isDefault, settings }: ConnectionEntity): ConnectionView {
    const tools = this.providers.find(provider)?.tools ?? [];
    return { id, provider, name, isDefault, tools, settings };
  }
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

function ownerOf(row: { id: string; workspaceId: string }): string {
  return `${row.workspaceId}/${row.id}`;
}
