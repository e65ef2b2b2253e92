-- AlterTable
ALTER TABLE "pay_links" ADD COLUMN     "client_id" UUID,
ADD COLUMN     "currency" CHAR(3),
ALTER COLUMN "invoice_id" DROP NOT NULL;

-- CreateIndex
CREATE INDEX "pay_links_tenant_id_client_id_idx" ON "pay_links"("tenant_id", "client_id");

-- AddForeignKey
ALTER TABLE "pay_links" ADD CONSTRAINT "pay_links_tenant_id_client_id_fkey" FOREIGN KEY ("tenant_id", "client_id") REFERENCES "clients"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- A link opens one thing: an invoice, or what one client owes in one currency. What an invoice said is kept of the first alone.
ALTER TABLE "pay_links" ADD CONSTRAINT "pay_links_scope" CHECK (
  CASE WHEN invoice_id IS NULL
    THEN client_id IS NOT NULL AND currency IS NOT NULL AND invoice_version IS NULL AND invoice_due_on IS NULL
    ELSE client_id IS NULL AND currency IS NULL END);

SELECT protect_tenant_tables();
