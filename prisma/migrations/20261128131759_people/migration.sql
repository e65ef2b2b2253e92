-- AlterTable
ALTER TABLE "contacts" ADD COLUMN     "removed_at" TIMESTAMPTZ(6),
ADD COLUMN     "role_set_at" TIMESTAMPTZ(6);

SELECT protect_tenant_tables();
