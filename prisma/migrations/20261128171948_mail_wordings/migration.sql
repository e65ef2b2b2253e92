-- CreateTable
CREATE TABLE "mail_wordings" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuid_v7(),
    "kind" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "subject" TEXT,
    "opening" TEXT,
    "closing" TEXT,
    "made_by" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "mail_wordings_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateIndex
CREATE UNIQUE INDEX "mail_wordings_tenant_id_kind_locale_version_key" ON "mail_wordings"("tenant_id", "kind", "locale", "version");

-- AddForeignKey
ALTER TABLE "mail_wordings" ADD CONSTRAINT "mail_wordings_tenant_id_made_by_fkey" FOREIGN KEY ("tenant_id", "made_by") REFERENCES "staff"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What Prisma cannot say.
ALTER TABLE mail_wordings
  ADD CONSTRAINT mail_wordings_kind CHECK (kind IN ('pay_now', 'payment_on_its_way', 'payment_received', 'payment_failed',
    'payment_returned', 'refund_made', 'payment_scheduled', 'autopay_started')),
  ADD CONSTRAINT mail_wordings_locale CHECK (locale IN ('en-US', 'fr-CA')),
  ADD CONSTRAINT mail_wordings_version CHECK (version > 0),
  -- What the law asks for keeps its subject, whoever writes here; a line break in one would let its author write headers.
  ADD CONSTRAINT mail_wordings_subject CHECK (subject IS NULL OR (subject <> '' AND length(subject) <= 120
    AND subject !~ '[\r\n]' AND kind NOT IN ('payment_scheduled', 'autopay_started'))),
  ADD CONSTRAINT mail_wordings_texts CHECK (opening <> '' AND length(opening) <= 600 AND closing <> '' AND length(closing) <= 300);
CREATE TRIGGER mail_wordings_append_only BEFORE UPDATE OR DELETE ON mail_wordings FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER mail_wordings_no_truncate BEFORE TRUNCATE ON mail_wordings FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
SELECT protect_tenant_tables();
