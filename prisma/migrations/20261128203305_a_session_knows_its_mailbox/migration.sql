-- AlterTable
ALTER TABLE "sign_ins" ADD COLUMN     "email" TEXT;

-- AlterTable
ALTER TABLE "sessions" ADD COLUMN     "proven_email" TEXT;

ALTER TABLE sessions ADD CONSTRAINT sessions_proven_email CHECK (proven_email IS NULL OR audience = 'contact');
