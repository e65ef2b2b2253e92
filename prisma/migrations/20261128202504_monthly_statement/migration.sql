-- AlterTable
ALTER TABLE "contacts" ADD COLUMN     "statement_from" DATE;

-- A month is named by its first day, whoever writes here: it is compared with the first day of another.
ALTER TABLE contacts ADD CONSTRAINT contacts_statement_from CHECK (extract(day FROM statement_from) = 1);

SELECT protect_tenant_tables();
