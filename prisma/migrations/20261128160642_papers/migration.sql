-- CreateTable
CREATE TABLE "papers" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuid_v7(),
    "client_id" UUID,
    "title" TEXT NOT NULL,
    "year" INTEGER,
    "pdf" BYTEA NOT NULL,
    "sha256" TEXT NOT NULL,
    "added_by" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL,
    "withdrawn_at" TIMESTAMPTZ(6),
    "withdrawn_by" UUID,
    "replaced_by" UUID,

    CONSTRAINT "papers_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateIndex
CREATE INDEX "papers_tenant_id_client_id_idx" ON "papers"("tenant_id", "client_id");

-- AddForeignKey
ALTER TABLE "papers" ADD CONSTRAINT "papers_tenant_id_client_id_fkey" FOREIGN KEY ("tenant_id", "client_id") REFERENCES "clients"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "papers" ADD CONSTRAINT "papers_tenant_id_added_by_fkey" FOREIGN KEY ("tenant_id", "added_by") REFERENCES "staff"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "papers" ADD CONSTRAINT "papers_tenant_id_withdrawn_by_fkey" FOREIGN KEY ("tenant_id", "withdrawn_by") REFERENCES "staff"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "papers" ADD CONSTRAINT "papers_tenant_id_replaced_by_fkey" FOREIGN KEY ("tenant_id", "replaced_by") REFERENCES "papers"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE papers
  ADD CONSTRAINT papers_title CHECK (length(title) BETWEEN 1 AND 120),
  ADD CONSTRAINT papers_year CHECK (year BETWEEN 1990 AND 2200),
  ADD CONSTRAINT papers_pdf CHECK (octet_length(pdf) BETWEEN 1 AND 3000000),
  ADD CONSTRAINT papers_sha256 CHECK (sha256 = encode(sha256(pdf), 'hex')),
  ADD CONSTRAINT papers_withdrawn CHECK ((withdrawn_at IS NULL) = (withdrawn_by IS NULL)),
  ADD CONSTRAINT papers_replaced CHECK (replaced_by IS NULL OR withdrawn_at IS NOT NULL);

-- What a client was shown stays as it was; only that it is shown no more is written on it, once.
CREATE FUNCTION guard_papers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.withdrawn_at IS NOT NULL THEN
    RAISE EXCEPTION 'a paper that is no longer shown is never changed' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER papers_guard BEFORE UPDATE ON papers FOR EACH ROW EXECUTE FUNCTION guard_papers();

SELECT protect_tenant_tables();

REVOKE UPDATE ON papers FROM closeloop_app, closeloop_system;
GRANT UPDATE (withdrawn_at, withdrawn_by, replaced_by) ON papers TO closeloop_app, closeloop_system;
