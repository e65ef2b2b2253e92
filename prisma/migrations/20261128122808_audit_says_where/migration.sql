-- AlterTable
ALTER TABLE "audit_entries" ADD COLUMN     "session_id" UUID;

-- CreateIndex
CREATE INDEX "audit_entries_tenant_id_at_id_idx" ON "audit_entries"("tenant_id", "at", "id");

-- CreateIndex
CREATE INDEX "audit_entries_tenant_id_actor_id_at_id_idx" ON "audit_entries"("tenant_id", "actor_id", "at", "id");
