-- AlterTable
ALTER TABLE "erasures" ADD COLUMN     "declined_at" TIMESTAMPTZ(6),
ADD COLUMN     "declined_because" TEXT,
ADD COLUMN     "declined_by" UUID;

-- AddForeignKey
ALTER TABLE "erasures" ADD CONSTRAINT "erasures_tenant_id_declined_by_fkey" FOREIGN KEY ("tenant_id", "declined_by") REFERENCES "staff"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE erasures
  DROP CONSTRAINT erasures_one_end,
  ADD CONSTRAINT erasures_one_end CHECK (num_nonnulls(withdrawn_at, done_at, declined_at) <= 1),
  ADD CONSTRAINT erasures_declined CHECK (num_nonnulls(declined_at, declined_by, declined_because) IN (0, 3)),
  ADD CONSTRAINT erasures_declined_because CHECK (length(declined_because) <= 1000);
DROP INDEX erasures_open;
CREATE UNIQUE INDEX erasures_open ON erasures (tenant_id, contact_id) WHERE withdrawn_at IS NULL AND done_at IS NULL AND declined_at IS NULL;

SELECT protect_tenant_tables();
