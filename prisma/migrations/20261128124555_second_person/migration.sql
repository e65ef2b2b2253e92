-- CreateTable
CREATE TABLE "approvals" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuid_v7(),
    "kind" TEXT NOT NULL,
    "attempt_id" UUID,
    "amount_minor" BIGINT,
    "currency" CHAR(3),
    "reason" TEXT NOT NULL,
    "seen" JSONB NOT NULL DEFAULT '[]',
    "state" TEXT NOT NULL,
    "asked_by" UUID NOT NULL,
    "asked_at" TIMESTAMPTZ(6) NOT NULL,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,
    "decided_by" UUID,
    "decided_at" TIMESTAMPTZ(6),
    "decline_reason" TEXT NOT NULL DEFAULT '',
    "used_at" TIMESTAMPTZ(6),

    CONSTRAINT "approvals_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateIndex
CREATE INDEX "approvals_tenant_id_state_asked_at_idx" ON "approvals"("tenant_id", "state", "asked_at");

-- CreateIndex
CREATE INDEX "approvals_tenant_id_attempt_id_idx" ON "approvals"("tenant_id", "attempt_id");

-- AddForeignKey
ALTER TABLE "approvals" ADD CONSTRAINT "approvals_tenant_id_attempt_id_fkey" FOREIGN KEY ("tenant_id", "attempt_id") REFERENCES "attempts"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "approvals" ADD CONSTRAINT "approvals_tenant_id_asked_by_fkey" FOREIGN KEY ("tenant_id", "asked_by") REFERENCES "staff"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "approvals" ADD CONSTRAINT "approvals_tenant_id_decided_by_fkey" FOREIGN KEY ("tenant_id", "decided_by") REFERENCES "staff"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What Prisma cannot say.
ALTER TABLE approvals
  ADD CONSTRAINT approvals_kind CHECK (kind IN ('refund', 'payout_account')),
  ADD CONSTRAINT approvals_refund CHECK (
    (kind = 'refund' AND attempt_id IS NOT NULL AND amount_minor > 0 AND currency IS NOT NULL)
    OR (kind <> 'refund' AND attempt_id IS NULL AND amount_minor IS NULL AND currency IS NULL)),
  ADD CONSTRAINT approvals_state CHECK (state IN ('waiting', 'approved', 'declined', 'withdrawn', 'expired')),
  ADD CONSTRAINT approvals_decided CHECK ((state IN ('approved', 'declined')) = (decided_by IS NOT NULL) AND (state = 'waiting') = (decided_at IS NULL)),
  -- Nobody decides on what they have asked for.
  ADD CONSTRAINT approvals_two_people CHECK (decided_by <> asked_by),
  ADD CONSTRAINT approvals_used CHECK (used_at IS NULL OR (state = 'approved' AND kind = 'payout_account'));

-- What was asked for stays as it was asked for, and is decided once.
CREATE FUNCTION keep_approval() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.kind, NEW.attempt_id, NEW.amount_minor, NEW.currency, NEW.reason, NEW.seen, NEW.asked_by, NEW.asked_at, NEW.expires_at)
    IS DISTINCT FROM (OLD.kind, OLD.attempt_id, OLD.amount_minor, OLD.currency, OLD.reason, OLD.seen, OLD.asked_by, OLD.asked_at, OLD.expires_at) THEN
    RAISE EXCEPTION 'what was asked for does not change' USING ERRCODE = 'check_violation';
  END IF;
  IF OLD.state <> 'waiting' AND (NEW.state, NEW.decided_by, NEW.decided_at, NEW.decline_reason) IS DISTINCT FROM (OLD.state, OLD.decided_by, OLD.decided_at, OLD.decline_reason)
    OR OLD.used_at IS NOT NULL AND NEW.used_at IS DISTINCT FROM OLD.used_at THEN
    RAISE EXCEPTION 'it is decided already' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER approvals_keep BEFORE UPDATE ON approvals FOR EACH ROW EXECUTE FUNCTION keep_approval();
CREATE TRIGGER approvals_begin BEFORE INSERT ON approvals FOR EACH ROW WHEN (NEW.state <> 'waiting') EXECUTE FUNCTION refuse_change();
CREATE TRIGGER approvals_stay BEFORE DELETE ON approvals FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- A refund that one of the MSP's people sends stays within its amount, with all that was sent of the same payment without
-- a second person; or it is the very one that was approved. What was refunded at Stripe has no sender here.
CREATE FUNCTION check_second_person() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE most bigint; own char(3); alone numeric;
BEGIN
  SELECT (settings ->> 'secondPersonAboveMinor')::bigint, currency INTO most, own FROM tenants WHERE id = NEW.tenant_id;
  IF most IS NULL OR EXISTS (
    SELECT FROM approvals a WHERE a.tenant_id = NEW.tenant_id AND a.id = NEW.id AND a.kind = 'refund' AND a.state = 'approved'
      AND a.attempt_id = NEW.attempt_id AND a.amount_minor = NEW.amount_minor AND a.currency = NEW.currency) THEN
    RETURN NEW;
  END IF;
  SELECT coalesce(sum(r.amount_minor), 0) INTO alone FROM refunds r
  WHERE r.tenant_id = NEW.tenant_id AND r.attempt_id = NEW.attempt_id AND r.state <> 'failed' AND r.actor_id IS NOT NULL
    AND NOT EXISTS (SELECT FROM approvals a WHERE a.tenant_id = r.tenant_id AND a.id = r.id);
  IF NEW.currency <> own OR alone + NEW.amount_minor > most THEN
    RAISE EXCEPTION 'a refund of % needs a second person', NEW.amount_minor USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER refunds_second_person BEFORE INSERT ON refunds FOR EACH ROW WHEN (NEW.actor_id IS NOT NULL) EXECUTE FUNCTION check_second_person();
SELECT protect_tenant_tables();
