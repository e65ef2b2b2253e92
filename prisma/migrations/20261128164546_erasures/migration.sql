-- AlterTable
ALTER TABLE "contacts" ADD COLUMN     "erased_at" TIMESTAMPTZ(6);

-- CreateTable
CREATE TABLE "erasures" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuid_v7(),
    "contact_id" UUID NOT NULL,
    "asked_by" TEXT NOT NULL,
    "asked_at" TIMESTAMPTZ(6) NOT NULL,
    "withdrawn_at" TIMESTAMPTZ(6),
    "done_at" TIMESTAMPTZ(6),
    "done_by" UUID,
    "proof_name" TEXT,

    CONSTRAINT "erasures_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateIndex
CREATE INDEX "erasures_tenant_id_contact_id_idx" ON "erasures"("tenant_id", "contact_id");

-- AddForeignKey
ALTER TABLE "erasures" ADD CONSTRAINT "erasures_tenant_id_contact_id_fkey" FOREIGN KEY ("tenant_id", "contact_id") REFERENCES "contacts"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "erasures" ADD CONSTRAINT "erasures_tenant_id_done_by_fkey" FOREIGN KEY ("tenant_id", "done_by") REFERENCES "staff"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE erasures
  ADD CONSTRAINT erasures_asked_by CHECK (asked_by IN ('contact', 'staff')),
  ADD CONSTRAINT erasures_done CHECK ((done_at IS NULL) = (done_by IS NULL)),
  ADD CONSTRAINT erasures_one_end CHECK (withdrawn_at IS NULL OR done_at IS NULL),
  ADD CONSTRAINT erasures_proof CHECK (proof_name IS NULL OR done_at IS NOT NULL);
CREATE UNIQUE INDEX erasures_open ON erasures (tenant_id, contact_id) WHERE withdrawn_at IS NULL AND done_at IS NULL;

-- Whoever is erased has no address, may not come in, and is nobody's billing contact: whoever writes here.
ALTER TABLE contacts ADD CONSTRAINT contacts_erased
  CHECK (erased_at IS NULL OR (email IS NULL AND title = '' AND NOT is_billing AND removed_at IS NOT NULL AND source = '{}'));

-- Of a standing consent that has ended, the address its notices went to may be emptied too.
CREATE OR REPLACE FUNCTION keep_autopay() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  ending CONSTANT text[] := ARRAY['ended_at', 'ended_by'];
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF OLD.ended_at IS NULL AND to_jsonb(NEW) - ending = to_jsonb(OLD) - ending THEN
      RETURN NEW;
    END IF;
    IF OLD.ended_at IS NOT NULL AND NEW.notice_email IS NULL
      AND to_jsonb(NEW) - 'notice_email' = to_jsonb(OLD) - 'notice_email' THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'autopays is append-only but for its end: % refused', TG_OP USING ERRCODE = 'restrict_violation';
END $$;

GRANT DELETE ON passkeys TO closeloop_app;

SELECT protect_tenant_tables();
