-- AlterTable
ALTER TABLE "scheduled_payments" ADD COLUMN     "autopay_id" UUID;

-- CreateTable
CREATE TABLE "autopays" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuid_v7(),
    "client_id" UUID NOT NULL,
    "method_id" UUID NOT NULL,
    "mandate_id" UUID NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "cap_minor" BIGINT,
    "since_on" DATE NOT NULL,
    "created_by" TEXT NOT NULL,
    "created_by_id" TEXT,
    "notice_email" TEXT,
    "locale" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL,
    "ended_at" TIMESTAMPTZ(6),
    "ended_by" TEXT,

    CONSTRAINT "autopays_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateIndex
CREATE INDEX "autopays_tenant_id_client_id_idx" ON "autopays"("tenant_id", "client_id");

-- CreateIndex
CREATE INDEX "scheduled_payments_tenant_id_autopay_id_idx" ON "scheduled_payments"("tenant_id", "autopay_id");

-- AddForeignKey
ALTER TABLE "scheduled_payments" ADD CONSTRAINT "scheduled_payments_tenant_id_autopay_id_fkey" FOREIGN KEY ("tenant_id", "autopay_id") REFERENCES "autopays"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "autopays" ADD CONSTRAINT "autopays_tenant_id_client_id_fkey" FOREIGN KEY ("tenant_id", "client_id") REFERENCES "clients"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "autopays" ADD CONSTRAINT "autopays_tenant_id_method_id_fkey" FOREIGN KEY ("tenant_id", "method_id") REFERENCES "methods"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "autopays" ADD CONSTRAINT "autopays_tenant_id_mandate_id_fkey" FOREIGN KEY ("tenant_id", "mandate_id") REFERENCES "mandates"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE mandates DROP CONSTRAINT mandates_kind;
ALTER TABLE mandates ADD CONSTRAINT mandates_kind CHECK (kind IN ('bank_once', 'bank_saved_business', 'bank_saved_personal', 'card_saved', 'autopay_card', 'autopay_bank_business', 'autopay_bank_personal'));

-- What is charged by itself names the consent it rests on, and nothing else does.
ALTER TABLE scheduled_payments ADD CONSTRAINT scheduled_payments_of_autopay CHECK ((origin = 'autopay') = (autopay_id IS NOT NULL));
ALTER TABLE autopays
  ADD CONSTRAINT autopays_cap CHECK (cap_minor > 0),
  ADD CONSTRAINT autopays_created_by CHECK (created_by IN ('contact', 'link')),
  ADD CONSTRAINT autopays_language CHECK (locale IN ('en-US', 'fr-CA')),
  ADD CONSTRAINT autopays_ended CHECK ((ended_at IS NULL) = (ended_by IS NULL));
-- However often it is pressed, in however many tabs.
CREATE UNIQUE INDEX autopays_one_live ON autopays (tenant_id, client_id) WHERE ended_at IS NULL;

-- What was agreed to is never changed; it ends once.
CREATE FUNCTION keep_autopay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR OLD.ended_at IS NOT NULL
    OR to_jsonb(NEW) - ARRAY['ended_at', 'ended_by'] <> to_jsonb(OLD) - ARRAY['ended_at', 'ended_by'] THEN
    RAISE EXCEPTION 'autopays is append-only but for its end: % refused', TG_OP USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER autopays_keep BEFORE UPDATE OR DELETE ON autopays FOR EACH ROW EXECUTE FUNCTION keep_autopay();
CREATE TRIGGER autopays_no_truncate BEFORE TRUNCATE ON autopays FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- A scheduled payment of a standing consent is of its client, within its limit, and not set once it has ended.
CREATE FUNCTION check_autopay() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE agreed record;
BEGIN
  IF NEW.autopay_id IS NULL THEN RETURN NEW; END IF;
  SELECT client_id, currency, cap_minor, ended_at INTO agreed FROM autopays WHERE tenant_id = NEW.tenant_id AND id = NEW.autopay_id FOR SHARE;
  IF agreed.client_id <> NEW.client_id OR agreed.currency <> NEW.currency OR NEW.amount_minor > agreed.cap_minor OR agreed.ended_at IS NOT NULL THEN
    RAISE EXCEPTION 'this is not covered by the consent it names' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER scheduled_payments_autopay BEFORE INSERT ON scheduled_payments FOR EACH ROW EXECUTE FUNCTION check_autopay();

SELECT protect_tenant_tables();
