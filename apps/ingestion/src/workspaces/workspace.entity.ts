import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('workspaces')
export class WorkspaceEntity {
  @PrimaryColumn('text') id: string;
  @Column('text') name: string;
  /** In all its meetings addresses, telephone and card numbers are taken out of what is said. */
  @Column('boolean', { name: 'redact_personal_data' }) redactPersonalData: boolean;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
}
