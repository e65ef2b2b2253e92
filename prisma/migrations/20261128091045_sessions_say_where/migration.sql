-- AlterTable
ALTER TABLE "sign_ins" ADD COLUMN     "code_hash" BYTEA,
ADD COLUMN     "tries" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "sessions" ADD COLUMN     "address" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "role" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "user_agent" TEXT NOT NULL DEFAULT '';

-- CreateIndex
CREATE INDEX "sessions_tenant_id_person_id_idx" ON "sessions"("tenant_id", "person_id");
