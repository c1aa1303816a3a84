import { PackedRows } from './packed-rows';

const ID = '01890a5d-ac96-774b-bcce-b302099a8057';

/** What Postgres makes of `uuid_send(id) || int4send(count) || float4send(rank) || float8send(cosine)`. */
function packed(count: number, rank: number, cosine: number): Buffer {
  const row = Buffer.alloc(32);
  row.write(ID.replaceAll('-', ''), 'hex');
  row.writeInt32BE(count, 16);
  row.writeFloatBE(rank, 20);
  row.writeDoubleBE(cosine, 24);
  return row;
}

describe('PackedRows', () => {
  const rows = new PackedRows(Buffer.concat([packed(1, 0.5, 0.1), packed(-7, 0.25, -0.3)]), 32);

  it('reads each column of each row', () => {
    expect(rows.count).toBe(2);
    expect(rows.uuid(1, 0)).toBe(ID);
    expect(rows.key(1, 0)).toBe(ID.replaceAll('-', ''));
    expect([rows.integer(1, 16), rows.single(1, 20), rows.double(1, 24)]).toEqual([-7, 0.25, -0.3]);
  });

  it('has no row when the database found none', () => {
    expect(new PackedRows(null, 32).count).toBe(0);
  });
});
