-- CreateTable
CREATE TABLE "agreement_methods" (
    "tenant_id" UUID NOT NULL,
    "client_id" UUID NOT NULL,
    "agreement_id" UUID NOT NULL,
    "method_id" UUID NOT NULL,
    "autopay_id" UUID,
    "mandate_id" UUID,
    "chosen_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "agreement_methods_pkey" PRIMARY KEY ("tenant_id","client_id","agreement_id")
);

-- CreateIndex
CREATE INDEX "agreement_methods_tenant_id_client_id_method_id_idx" ON "agreement_methods"("tenant_id", "client_id", "method_id");

-- CreateIndex
CREATE INDEX "agreement_methods_tenant_id_autopay_id_idx" ON "agreement_methods"("tenant_id", "autopay_id");

-- CreateIndex
CREATE UNIQUE INDEX "methods_tenant_id_client_id_id_key" ON "methods"("tenant_id", "client_id", "id");

-- AddForeignKey
ALTER TABLE "agreement_methods" ADD CONSTRAINT "agreement_methods_tenant_id_client_id_fkey" FOREIGN KEY ("tenant_id", "client_id") REFERENCES "clients"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agreement_methods" ADD CONSTRAINT "agreement_methods_tenant_id_agreement_id_fkey" FOREIGN KEY ("tenant_id", "agreement_id") REFERENCES "agreements"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agreement_methods" ADD CONSTRAINT "agreement_methods_tenant_id_client_id_method_id_fkey" FOREIGN KEY ("tenant_id", "client_id", "method_id") REFERENCES "methods"("tenant_id", "client_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agreement_methods" ADD CONSTRAINT "agreement_methods_tenant_id_autopay_id_fkey" FOREIGN KEY ("tenant_id", "autopay_id") REFERENCES "autopays"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agreement_methods" ADD CONSTRAINT "agreement_methods_tenant_id_mandate_id_fkey" FOREIGN KEY ("tenant_id", "mandate_id") REFERENCES "mandates"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE agreement_methods
  ADD CONSTRAINT agreement_methods_authorized CHECK ((autopay_id IS NULL) = (mandate_id IS NULL));

-- What is charged by itself is charged to what automatic payment was turned on with, or to what was chosen for an
-- agreement under words of its own: no consent covers another card or account.
CREATE OR REPLACE FUNCTION check_autopay() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE agreed record;
BEGIN
  IF NEW.autopay_id IS NULL THEN RETURN NEW; END IF;
  SELECT client_id, currency, cap_minor, ended_at, method_id INTO agreed FROM autopays WHERE tenant_id = NEW.tenant_id AND id = NEW.autopay_id FOR SHARE;
  IF agreed.client_id <> NEW.client_id OR agreed.currency <> NEW.currency OR NEW.amount_minor + NEW.credit_minor > agreed.cap_minor OR agreed.ended_at IS NOT NULL
    OR (NEW.method_id <> agreed.method_id AND NOT EXISTS (
      SELECT 1 FROM agreement_methods x JOIN mandates d ON d.tenant_id = x.tenant_id AND d.id = x.mandate_id AND d.method_id = x.method_id
      WHERE x.tenant_id = NEW.tenant_id AND x.client_id = NEW.client_id AND x.method_id = NEW.method_id AND x.autopay_id = NEW.autopay_id
        AND d.revoked_at IS NULL)) THEN
    RAISE EXCEPTION 'this is not covered by the consent it names' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

SELECT protect_tenant_tables();
-- Chosen no more, it is as if it never was; the audit trail says that it was.
GRANT DELETE ON agreement_methods TO closeloop_app;
