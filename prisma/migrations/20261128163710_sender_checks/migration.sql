-- CreateTable
CREATE TABLE "sender_checks" (
    "tenant_id" UUID NOT NULL,
    "domain" TEXT NOT NULL,
    "selector" TEXT NOT NULL,
    "answers" JSONB NOT NULL,
    "checked_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "sender_checks_pkey" PRIMARY KEY ("tenant_id")
);

-- What Prisma cannot say.
ALTER TABLE sender_checks
  ADD CONSTRAINT sender_checks_domain CHECK (domain ~ '^[a-z0-9-]+(\.[a-z0-9-]+)+$' AND length(domain) <= 253),
  ADD CONSTRAINT sender_checks_selector CHECK (length(selector) <= 63),
  -- A name server says what it likes: what is kept of it is bounded.
  ADD CONSTRAINT sender_checks_answers CHECK (jsonb_typeof(answers) = 'object' AND octet_length(answers::text) <= 1000000);
SELECT protect_tenant_tables();
