-- AlterTable
ALTER TABLE "methods" ADD COLUMN     "account_kind" TEXT,
ADD COLUMN     "customer_id" TEXT NOT NULL,
ADD COLUMN     "fingerprint" TEXT,
ADD COLUMN     "is_default" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "nickname" TEXT;

-- AlterTable
ALTER TABLE "mandates" ADD COLUMN     "account_kind" TEXT,
ADD COLUMN     "attempt_id" UUID,
ADD COLUMN     "client_id" UUID NOT NULL,
ADD COLUMN     "given_by" TEXT NOT NULL,
ADD COLUMN     "given_by_id" TEXT,
ADD COLUMN     "kind" TEXT NOT NULL,
ADD COLUMN     "revoked_by" TEXT,
ADD COLUMN     "user_agent" TEXT NOT NULL,
ALTER COLUMN "method_id" DROP NOT NULL;

-- AlterTable
ALTER TABLE "attempts" ADD COLUMN     "customer_id" TEXT,
ADD COLUMN     "payment_method_id" TEXT,
ADD COLUMN     "saves" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "stripe_mandate_id" TEXT;

-- CreateTable
CREATE TABLE "setups" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuid_v7(),
    "client_id" UUID NOT NULL,
    "account" TEXT NOT NULL,
    "customer_id" TEXT NOT NULL,
    "attempt_id" UUID,
    "setup_intent_id" TEXT,
    "state" TEXT NOT NULL,
    "failure_reason" TEXT,
    "label" TEXT,
    "method_id" UUID,
    "kind" TEXT NOT NULL,
    "account_kind" TEXT,
    "text" TEXT NOT NULL,
    "text_version" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "accepted_at" TIMESTAMPTZ(6) NOT NULL,
    "accepted_ip" TEXT NOT NULL,
    "user_agent" TEXT NOT NULL,
    "given_by" TEXT NOT NULL,
    "given_by_id" TEXT,
    "state_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "setups_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateIndex
CREATE INDEX "setups_tenant_id_client_id_idx" ON "setups"("tenant_id", "client_id");

-- CreateIndex
CREATE UNIQUE INDEX "setups_tenant_id_attempt_id_key" ON "setups"("tenant_id", "attempt_id");

-- CreateIndex
CREATE UNIQUE INDEX "setups_tenant_id_account_setup_intent_id_key" ON "setups"("tenant_id", "account", "setup_intent_id");

-- CreateIndex
CREATE INDEX "methods_tenant_id_client_id_idx" ON "methods"("tenant_id", "client_id");

-- CreateIndex
CREATE INDEX "mandates_tenant_id_method_id_idx" ON "mandates"("tenant_id", "method_id");

-- CreateIndex
CREATE INDEX "mandates_tenant_id_attempt_id_idx" ON "mandates"("tenant_id", "attempt_id");

-- AddForeignKey
ALTER TABLE "mandates" ADD CONSTRAINT "mandates_tenant_id_attempt_id_fkey" FOREIGN KEY ("tenant_id", "attempt_id") REFERENCES "attempts"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "setups" ADD CONSTRAINT "setups_tenant_id_method_id_fkey" FOREIGN KEY ("tenant_id", "method_id") REFERENCES "methods"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "setups" ADD CONSTRAINT "setups_tenant_id_attempt_id_fkey" FOREIGN KEY ("tenant_id", "attempt_id") REFERENCES "attempts"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "setups" ADD CONSTRAINT "setups_tenant_id_client_id_fkey" FOREIGN KEY ("tenant_id", "client_id") REFERENCES "clients"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE methods
  ADD CONSTRAINT methods_type CHECK (type IN ('card', 'us_bank_account')),
  ADD CONSTRAINT methods_account_kind CHECK ((type = 'card') = (account_kind IS NULL) AND account_kind IN ('business', 'personal')),
  ADD CONSTRAINT methods_default_lives CHECK (NOT is_default OR removed_at IS NULL),
  ADD CONSTRAINT methods_nickname CHECK (length(nickname) BETWEEN 1 AND 60);
-- The same card or account is saved once per client, in whatever order two tabs and a webhook say so.
CREATE UNIQUE INDEX methods_one_of_number ON methods (tenant_id, client_id, account, type, fingerprint) WHERE removed_at IS NULL AND fingerprint IS NOT NULL;
CREATE UNIQUE INDEX methods_one_default ON methods (tenant_id, client_id) WHERE is_default;

ALTER TABLE mandates
  ADD CONSTRAINT mandates_of_something CHECK (method_id IS NOT NULL OR attempt_id IS NOT NULL),
  ADD CONSTRAINT mandates_kind CHECK (kind IN ('bank_once', 'bank_saved_business', 'bank_saved_personal', 'card_saved')),
  ADD CONSTRAINT mandates_account_kind CHECK (account_kind IN ('business', 'personal')),
  ADD CONSTRAINT mandates_worded CHECK (text <> '' AND text_version <> '' AND language IN ('en-US', 'fr-CA')),
  ADD CONSTRAINT mandates_given_by CHECK (given_by IN ('contact', 'link', 'system')),
  ADD CONSTRAINT mandates_revoked CHECK ((revoked_at IS NULL) = (revoked_by IS NULL));
ALTER TABLE setups
  ADD CONSTRAINT setups_state CHECK (state IN ('asked', 'requires_action', 'saved', 'failed')),
  ADD CONSTRAINT setups_saved CHECK ((state = 'saved') = (method_id IS NOT NULL)),
  ADD CONSTRAINT setups_kind CHECK (kind IN ('bank_saved_business', 'bank_saved_personal', 'card_saved')),
  ADD CONSTRAINT setups_given_by CHECK (given_by IN ('contact', 'link', 'system'));
CREATE INDEX setups_waiting ON setups (tenant_id, state_at) WHERE state IN ('asked', 'requires_action');

-- What was agreed to, by whom and when stays as it was; it can be withdrawn, once.
CREATE FUNCTION keep_mandate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR OLD.revoked_at IS NOT NULL
    OR to_jsonb(NEW) - ARRAY['revoked_at', 'revoked_by'] <> to_jsonb(OLD) - ARRAY['revoked_at', 'revoked_by'] THEN
    RAISE EXCEPTION 'mandates is append-only but for its revocation: % refused', TG_OP USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER mandates_keep BEFORE UPDATE OR DELETE ON mandates FOR EACH ROW EXECUTE FUNCTION keep_mandate();
CREATE TRIGGER mandates_no_truncate BEFORE TRUNCATE ON mandates FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- The consent in a wish to save is what the mandate will say; only how far it has come changes.
CREATE FUNCTION keep_setup() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF to_jsonb(NEW) - ARRAY['state', 'state_at', 'failure_reason', 'label', 'method_id', 'setup_intent_id']
    <> to_jsonb(OLD) - ARRAY['state', 'state_at', 'failure_reason', 'label', 'method_id', 'setup_intent_id'] THEN
    RAISE EXCEPTION 'the consent in a setup is never changed' USING ERRCODE = 'restrict_violation';
  END IF;
  IF OLD.state = 'saved' AND NEW.state <> 'saved' THEN
    RAISE EXCEPTION 'a setup does not go from saved to %', NEW.state USING ERRCODE = 'check_violation';
  END IF;
  IF OLD.setup_intent_id IS NOT NULL AND NEW.setup_intent_id IS DISTINCT FROM OLD.setup_intent_id THEN
    RAISE EXCEPTION 'a setup has one setup intent' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER setups_keep BEFORE UPDATE ON setups FOR EACH ROW EXECUTE FUNCTION keep_setup();

SELECT protect_tenant_tables();
