import { IsEmail, IsOptional, IsString, Length } from 'class-validator';

/** Whom a person's export is about: by one of the two. */
export class AskedPerson {
  /** As it was given with the participants; large and small letters are the same. */
  @IsOptional() @IsEmail() email?: string;
  /** Of participants and of speakers. Two people of one name are not told apart. */
  @IsOptional() @IsString() @Length(1, 120) name?: string;
}
