import { randomBytes } from 'node:crypto';
import type { ConnectionEntity } from './connection.entity';
import { ownerOf } from './connection-owner';
import type { ConnectionsRepository } from './connections.repository';
import { KeyRotation } from './key-rotation';
import { SecretBox, type Sealed } from './secret-box';

// Real: the box. Fake: the table.
describe('a key put before the others', () => {
  const [oldKey, newKey, lostKey] = [randomBytes(32), randomBytes(32), randomBytes(32)] as const;
  const secrets = { token: 'xoxb-1' };

  const sealedBy = (key: Buffer, id: string): ConnectionEntity => {
    const { keyId, text } = new SecretBox([key]).seal(secrets, ownerOf({ id, workspaceId: 'w' }));
    return { id, workspaceId: 'w', keyId, secrets: text } as ConnectionEntity;
  };

  it('seals anew what the old one sealed, so that the old one may go', async () => {
    const row = sealedBy(oldKey, 'one');
    const lost = sealedBy(lostKey, 'two');
    const resealed = new Map<string, Sealed>();
    const table = {
      sealedOtherwise: () => Promise.resolve([lost, row]),
      reseal: ({ id }: ConnectionEntity, sealed: Sealed) => {
        resealed.set(id, sealed);
        return Promise.resolve(true);
      },
    } as unknown as ConnectionsRepository;
    await new KeyRotation(table, new SecretBox([newKey, oldKey])).onApplicationBootstrap();

    // What nobody can open stays as it is: its key may come back.
    expect([...resealed.keys()]).toEqual(['one']);
    const sealed = resealed.get('one');
    expect(sealed && new SecretBox([newKey]).open(sealed, ownerOf(row))).toEqual(secrets);
  });
});
